namespace GroqKit.Voice;

/// <summary>How the samples of an answer are stored.</summary>
public enum SoundCoding
{
    /// <summary>16-bit whole numbers, little-endian, without a header.</summary>
    Pcm16,

    /// <summary>The same behind a WAV header whose sizes say "until the end".</summary>
    Wav,

    /// <summary>G.711 µ-law, 8 bits a sample: telephony.</summary>
    MuLaw,
}
