using System.Runtime.InteropServices;

namespace GroqKit.Audio;

/// <summary>The shape of the samples in a WAV file.</summary>
/// <param name="Encoding">How a sample is stored.</param>
/// <param name="SampleRate">Frames a second, in hertz.</param>
/// <param name="Channels">1 for mono, 2 for stereo; samples of one moment lie next to each other.</param>
/// <param name="BitsPerSample">8, 16, 24 or 32 for <see cref="WavEncoding.Pcm"/>, 32 or 64 for <see cref="WavEncoding.FloatingPoint"/>, else 8.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct WavFormat(WavEncoding Encoding, int SampleRate, int Channels, int BitsPerSample)
{
    /// <summary>16-bit whole numbers, the form in which speech is usually exchanged.</summary>
    /// <param name="sampleRate">Frames a second, in hertz.</param>
    /// <param name="channels">1 for mono, 2 for stereo.</param>
    public static WavFormat Pcm16(int sampleRate, int channels = 1) => new(WavEncoding.Pcm, sampleRate, channels, 16);

    /// <summary>The bytes of one frame: one sample of every channel.</summary>
    public int BytesPerFrame => Channels * BitsPerSample / 8;

    /// <summary>The bytes of one second.</summary>
    public long BytesPerSecond => (long)SampleRate * BytesPerFrame;

    /// <summary>Whether every sample has exactly one 16-bit value, so that nothing is lost by decoding it.</summary>
    internal bool IsExactInPcm16 =>
        Encoding is WavEncoding.MuLaw or WavEncoding.ALaw || (Encoding == WavEncoding.Pcm && BitsPerSample <= 16);

    /// <summary>How long the given number of sound bytes plays.</summary>
    /// <param name="byteCount">Sound bytes, without any header.</param>
    public TimeSpan DurationOf(long byteCount) =>
        BytesPerSecond == 0
            ? TimeSpan.Zero
            : TimeSpan.FromTicks((long)((Int128)(byteCount / BytesPerFrame) * TimeSpan.TicksPerSecond / SampleRate));

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Encoding} {BitsPerSample}-bit, {SampleRate} Hz, {(Channels == 1 ? "mono" : Channels == 2 ? "stereo" : $"{Channels} channels")}";

    /// <summary>What is wrong with this format, or null.</summary>
    internal string? Problem()
    {
        if (Channels is < 1 or > 64)
            return $"{Channels} channels; 1 to 64 are possible";
        if (SampleRate is < 1 or > 1_000_000)
            return $"a sample rate of {SampleRate} Hz; 1 to 1000000 are possible";
        bool known = (Encoding, BitsPerSample) switch
        {
            (WavEncoding.Pcm, 8 or 16 or 24 or 32) => true,
            (WavEncoding.FloatingPoint, 32 or 64) => true,
            (WavEncoding.ALaw or WavEncoding.MuLaw, 8) => true,
            _ => false,
        };
        return known ? null : $"encoding {(int)Encoding} with {BitsPerSample} bits a sample";
    }
}
