namespace GroqKit.Voice.Sound;

/// <summary>Writes 16-bit samples as ITU-T G.711 µ-law.</summary>
internal static class MuLaw
{
    private const int Bias = 0x84;
    private const int Loudest = 32_635;

    public static void Encode(ReadOnlySpan<short> samples, Span<byte> destination)
    {
        for (int i = 0; i < samples.Length; i++)
            destination[i] = Encode(samples[i]);
    }

    private static byte Encode(short sample)
    {
        int sign = sample < 0 ? 0x80 : 0;
        int magnitude = Math.Min(Math.Abs((int)sample), Loudest) + Bias;
        int exponent = int.Log2(magnitude) - 7;
        int mantissa = (magnitude >> (exponent + 3)) & 0x0F;
        return (byte)~(sign | (exponent << 4) | mantissa);
    }
}
