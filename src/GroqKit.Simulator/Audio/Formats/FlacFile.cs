using System.Buffers.Binary;

namespace GroqKit.Simulator.Audio.Formats;

/// <summary>FLAC, mono, 16 bits: frames of silence, with the words in an application block at its head.</summary>
internal static class FlacFile
{
    private const int BlockSize = 4096;

    public static byte[] Of(WavFile wav)
    {
        var bytes = new MemoryStream();
        bytes.Write("fLaC"u8);
        bytes.Write(StreamInfo(wav));
        bytes.Write(Words(wav));
        for (int frame = 0; frame * BlockSize < wav.Samples.Length; frame++)
            bytes.Write(Frame(frame, Math.Min(BlockSize, wav.Samples.Length - frame * BlockSize)));
        return bytes.ToArray();
    }

    private static byte[] StreamInfo(WavFile wav)
    {
        byte[] block = new byte[4 + 34];
        block[3] = 34;
        BinaryPrimitives.WriteUInt16BigEndian(block.AsSpan(4), BlockSize);
        BinaryPrimitives.WriteUInt16BigEndian(block.AsSpan(6), BlockSize);
        // 20 bits of rate, 3 of channels less one, 5 of bits less one, 36 of samples.
        ulong packed = ((ulong)wav.Rate << 44) | (15UL << 36) | (uint)wav.Samples.Length;
        BinaryPrimitives.WriteUInt64BigEndian(block.AsSpan(14), packed);
        return block;
    }

    private static byte[] Words(WavFile wav)
    {
        byte[] hidden = [.. Hearing.Of(wav).Words.SelectMany(HiddenWords.Bytes)];
        int length = 4 + hidden.Length;
        byte[] head = [0x80 | 2, (byte)(length >> 16), (byte)(length >> 8), (byte)length];
        return [.. head, .. "SIMU"u8, .. hidden];
    }

    private static byte[] Frame(int number, int samples)
    {
        byte[] head =
        [
            0xFF,
            0xF8,
            // The size in two bytes below, the rate from the head; mono, 16 bits.
            0x70,
            0x08,
            .. Number(number),
            (byte)((samples - 1) >> 8),
            (byte)(samples - 1),
        ];
        // One constant sample stands for all of them.
        byte[] frame = [.. head, (byte)Checksum(head, 8, 0x07), 0x00, 0x00, 0x00];
        uint crc = Checksum(frame, 16, 0x8005);
        return [.. frame, (byte)(crc >> 8), (byte)crc];
    }

    /// <summary>In the form that UTF-8 has; two bytes reach far enough for four minutes at 24 kHz, three for hours.</summary>
    private static byte[] Number(int number) =>
        number < 0x80 ? [(byte)number]
        : number < 0x800 ? [(byte)(0xC0 | (number >> 6)), (byte)(0x80 | (number & 0x3F))]
        : [(byte)(0xE0 | (number >> 12)), (byte)(0x80 | ((number >> 6) & 0x3F)), (byte)(0x80 | (number & 0x3F))];

    private static uint Checksum(byte[] bytes, int width, uint polynomial)
    {
        uint crc = 0;
        uint top = 1u << (width - 1);
        foreach (byte value in bytes)
        {
            crc ^= (uint)value << (width - 8);
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & top) != 0 ? (crc << 1) ^ polynomial : crc << 1;
        }

        return crc & (top | (top - 1));
    }
}
