namespace GroqKit.Simulator.Audio.Formats;

/// <summary>Samples in the eight bits of telephony (G.711).</summary>
internal static class LawCodec
{
    private const int MuBias = 0x84;
    private const int MuClip = 32_635;

    public static byte[] ToMuLaw(ReadOnlySpan<short> samples)
    {
        byte[] bytes = new byte[samples.Length];
        for (int i = 0; i < samples.Length; i++)
        {
            int sign = samples[i] < 0 ? 0x80 : 0;
            int size = Math.Min(Math.Abs((int)samples[i]), MuClip) + MuBias;
            int exponent = Exponent(size);
            bytes[i] = (byte)~(sign | (exponent << 4) | ((size >> (exponent + 3)) & 0x0F));
        }

        return bytes;
    }

    public static byte[] ToALaw(ReadOnlySpan<short> samples)
    {
        byte[] bytes = new byte[samples.Length];
        for (int i = 0; i < samples.Length; i++)
        {
            int sign = samples[i] < 0 ? 0 : 0x80;
            int size = samples[i] < 0 ? -samples[i] - 1 : samples[i];
            int exponent = size < 256 ? 0 : Exponent(size);
            int mantissa = exponent == 0 ? size >> 4 : (size >> (exponent + 3)) & 0x0F;
            bytes[i] = (byte)((sign | (exponent << 4) | mantissa) ^ 0x55);
        }

        return bytes;
    }

    private static int Exponent(int size) => Math.Clamp(int.Log2(size) - 7, 0, 7);
}
