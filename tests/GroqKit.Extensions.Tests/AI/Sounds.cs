using GroqKit.Audio;

namespace GroqKit.Extensions.Tests.AI;

/// <summary>Recordings.</summary>
internal static class Sounds
{
    /// <summary>A WAV file with these samples at 24 kHz, mono.</summary>
    public static byte[] Wav(params short[] samples) => WavAudio.FromSamples(samples, 24_000).ToArray();

    /// <summary>A WAV file that begins as one of each format does: 64 bytes and more.</summary>
    public static MemoryStream Speech() => new(Wav(new short[100]));
}
