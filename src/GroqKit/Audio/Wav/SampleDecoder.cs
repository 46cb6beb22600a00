using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace GroqKit.Audio;

/// <summary>Turns stored samples of any readable encoding into 16-bit ones.</summary>
internal static class SampleDecoder
{
    /// <summary>Decodes as many whole samples as both sides hold and says how many.</summary>
    public static int Decode(WavFormat format, ReadOnlySpan<byte> source, Span<short> destination)
    {
        int width = format.BitsPerSample / 8;
        int count = Math.Min(source.Length / width, destination.Length);
        if (format is { Encoding: WavEncoding.Pcm, BitsPerSample: 16 } && BitConverter.IsLittleEndian)
        {
            MemoryMarshal.Cast<byte, short>(source)[..count].CopyTo(destination);
            return count;
        }
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> sample = source.Slice(i * width, width);
            destination[i] = (format.Encoding, format.BitsPerSample) switch
            {
                (WavEncoding.Pcm, 16) => BinaryPrimitives.ReadInt16LittleEndian(sample),
                (WavEncoding.Pcm, 8) => (short)((sample[0] - 128) << 8),
                // The two upper bytes; what lies below is quieter than 16 bits can say.
                (WavEncoding.Pcm, 24) => BinaryPrimitives.ReadInt16LittleEndian(sample[1..]),
                (WavEncoding.Pcm, _) => BinaryPrimitives.ReadInt16LittleEndian(sample[2..]),
                (WavEncoding.FloatingPoint, 32) => FromFloat(BinaryPrimitives.ReadSingleLittleEndian(sample)),
                (WavEncoding.FloatingPoint, _) => FromFloat(BinaryPrimitives.ReadDoubleLittleEndian(sample)),
                (WavEncoding.MuLaw, _) => FromMuLaw(sample[0]),
                _ => FromALaw(sample[0]),
            };
        }
        return count;
    }

    private static short FromFloat(double value) =>
        double.IsNaN(value) ? (short)0 : (short)Math.Clamp(Math.Round(value * 32768), short.MinValue, short.MaxValue);

    // ITU-T G.711: sign, three bits of exponent, four of mantissa, all inverted.
    private static short FromMuLaw(byte stored)
    {
        int bits = ~stored & 0xFF;
        int magnitude = ((((bits & 0x0F) << 3) + 0x84) << ((bits >> 4) & 7)) - 0x84;
        return (short)((bits & 0x80) != 0 ? -magnitude : magnitude);
    }

    // ITU-T G.711: every second bit inverted; a set sign bit means positive.
    private static short FromALaw(byte stored)
    {
        int bits = stored ^ 0x55;
        int exponent = (bits >> 4) & 7;
        int magnitude = ((bits & 0x0F) << 4) + 8;
        if (exponent > 0)
            magnitude = (magnitude + 0x100) << (exponent - 1);
        return (short)((bits & 0x80) != 0 ? magnitude : -magnitude);
    }
}
