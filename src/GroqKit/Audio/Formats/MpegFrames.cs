using System.Buffers.Binary;

namespace GroqKit.Audio;

/// <summary>Frames of MPEG audio, which follow each other without a gap.</summary>
internal static class MpegFrames
{
    /// <summary>How many bytes tell two frames from anything else: the longest there is, and the head of the next.</summary>
    public const int Length = 2_885;

    private const int HeadLength = 4;

    // What all frames of a file have in common: the mark, version, layer and sample rate.
    private const uint Common = 0xFFFE0C00;

    private static readonly int[] Rates = [44_100, 48_000, 32_000];

    // kbit/s of each index, by version and layer.
    private static readonly int[] FirstOne = [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448];
    private static readonly int[] FirstTwo = [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384];
    private static readonly int[] FirstThree = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    private static readonly int[] LaterOne = [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256];
    private static readonly int[] Later = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

    /// <summary>Whether a whole frame begins here, with another one behind it: that does not come by chance.</summary>
    /// <param name="beginning">The first bytes of a file, <see cref="Length"/> of them where there are so many.</param>
    public static bool Follow(ReadOnlySpan<byte> beginning)
    {
        if (beginning.Length < HeadLength)
            return false;
        uint head = BinaryPrimitives.ReadUInt32BigEndian(beginning);
        int next = LengthOf(head);
        return next > 0
            && beginning.Length >= next + HeadLength
            && (BinaryPrimitives.ReadUInt32BigEndian(beginning[next..]) & Common) == (head & Common);
    }

    // Zero where the head is none, or does not tell.
    private static int LengthOf(uint head)
    {
        int version = (int)(head >> 19) & 3;
        int layer = 4 - ((int)(head >> 17) & 3);
        int bits = (int)(head >> 12) & 15;
        int sampling = (int)(head >> 10) & 3;
        int padding = (int)(head >> 9) & 1;
        if (head >> 21 != 0x7FF || version == 1 || layer == 4 || bits is 0 or 15 || sampling == 3)
            return 0;
        bool isFirst = version == 3;
        // The second version has half the rate, and what came after it a quarter.
        int rate =
            Rates[sampling]
            >> (
                isFirst ? 0
                : version == 2 ? 1
                : 2
            );
        int[] table = (isFirst, layer) switch
        {
            (true, 1) => FirstOne,
            (true, 2) => FirstTwo,
            (true, _) => FirstThree,
            (false, 1) => LaterOne,
            _ => Later,
        };
        int bytesPerSecond = table[bits] * 125;
        return layer switch
        {
            1 => (96 * bytesPerSecond / rate + padding) * 4,
            3 when !isFirst => 576 * bytesPerSecond / rate + padding,
            _ => 1152 * bytesPerSecond / rate + padding,
        };
    }
}
