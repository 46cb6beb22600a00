namespace GroqKit.Simulator.Audio.Formats;

/// <summary>AAC in ADTS frames at 24 kHz: silence, with the words in data stream elements.</summary>
internal static class AacFile
{
    private const double SecondsPerFrame = 1024.0 / 24_000;
    private const int HeaderBytes = 7;
    private const int LongCount = 255;

    public static byte[] Of(WavFile wav)
    {
        var bytes = new MemoryStream();
        foreach (byte[] hidden in SpokenFrames.Of(wav, SecondsPerFrame))
            bytes.Write(Frame(hidden));
        return bytes.ToArray();
    }

    private static byte[] Frame(byte[] hidden)
    {
        // A channel without bands is 29 zero bits; behind it comes the end of the frame (7 in three bits) or a data element.
        byte[] data = hidden.Length == 0 ? [0, 0, 0, 0x07] : WithData(hidden);
        int length = HeaderBytes + data.Length;
        byte high = (byte)(0x40 | (length >> 11));
        return [0xFF, 0xF1, 0x58, high, (byte)(length >> 3), (byte)((length << 5) | 0x1F), 0xFC, .. data];
    }

    /// <summary>The element is 4 in three bits, an instance in four and a one for "aligned"; so its count begins five bits into a byte.</summary>
    private static byte[] WithData(byte[] hidden)
    {
        int count = Math.Min(hidden.Length, LongCount);
        int more = hidden.Length - LongCount;
        byte[] counts =
            more < 0
                ? [(byte)(0x08 | (count >> 5)), (byte)(count << 3)]
                : [(byte)(0x08 | (count >> 5)), (byte)((count << 3) | (more >> 5)), (byte)(more << 3)];
        return [0, 0, 0, 0x04, .. counts, .. hidden, 0xE0];
    }
}
