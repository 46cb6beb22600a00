namespace GroqKit.Audio;

/// <summary>How the samples of a WAV file are stored. The values are the file format's own codes.</summary>
public enum WavEncoding
{
    /// <summary>Whole numbers: unsigned for 8 bits, signed and little-endian for 16, 24 and 32.</summary>
    Pcm = 1,

    /// <summary>IEEE floating point from -1 to 1, 32 or 64 bits.</summary>
    FloatingPoint = 3,

    /// <summary>G.711 A-law, 8 bits: telephony in Europe.</summary>
    ALaw = 6,

    /// <summary>G.711 µ-law, 8 bits: telephony in America and Japan.</summary>
    MuLaw = 7,
}
