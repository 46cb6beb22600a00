using System.Buffers.Binary;
using System.Text;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.Audio;

/// <summary>
/// Hides a word in the lowest bits of the samples that sound for it, framed by a mark and a checksum. It cannot be heard, and it
/// stays whole when the audio is joined, cut between words or given another header, so that what was spoken can be read back.
/// </summary>
internal static class WordMark
{
    private const uint Mark = 0x5A17_C0DE;
    private const int HeadBytes = 4 + 1;
    private const int ChecksumBytes = 2;

    public const int LongestWord = 255;

    /// <summary>How many samples a word needs at least.</summary>
    public static int Samples(string word) => 8 * (HeadBytes + Encoding.UTF8.GetByteCount(word) + ChecksumBytes);

    public static void Hide(string word, Span<short> samples)
    {
        byte[] frame = Frame(Encoding.UTF8.GetBytes(word));
        for (int bit = 0; bit < frame.Length * 8; bit++)
            samples[bit] = (short)((samples[bit] & ~1) | ((frame[bit / 8] >> (7 - bit % 8)) & 1));
    }

    /// <summary>Every word in the samples, and the sample at which it begins.</summary>
    public static IEnumerable<(string Word, int Sample)> Find(ReadOnlyMemory<short> samples)
    {
        uint last = 0;
        for (int at = 0; at < samples.Length; at++)
        {
            last = (last << 1) | (uint)(samples.Span[at] & 1);
            if (last != Mark || Read(samples.Span[(at + 1)..]) is not { } word)
                continue;
            yield return (word, at - 31);
            at += Samples(word) - 32;
            last = 0;
        }
    }

    private static string? Read(ReadOnlySpan<short> samples)
    {
        if (samples.Length < 8 || Bytes(samples, 0, 1)[0] is not (> 0 and var length))
            return null;
        int whole = 1 + length + ChecksumBytes;
        if (samples.Length < whole * 8)
            return null;
        byte[] text = Bytes(samples, 1, length);
        return Bytes(samples, 1 + length, ChecksumBytes).AsSpan().SequenceEqual(Checksum(text))
            ? Encoding.UTF8.GetString(text)
            : null;
    }

    private static byte[] Bytes(ReadOnlySpan<short> samples, int from, int count)
    {
        byte[] bytes = new byte[count];
        for (int bit = 0; bit < count * 8; bit++)
            bytes[bit / 8] |= (byte)((samples[from * 8 + bit] & 1) << (7 - bit % 8));
        return bytes;
    }

    private static byte[] Frame(byte[] text)
    {
        byte[] frame = new byte[HeadBytes + text.Length + ChecksumBytes];
        BinaryPrimitives.WriteUInt32BigEndian(frame, Mark);
        frame[4] = (byte)text.Length;
        text.CopyTo(frame, HeadBytes);
        Checksum(text).CopyTo(frame, HeadBytes + text.Length);
        return frame;
    }

    private static byte[] Checksum(byte[] text)
    {
        ulong hash = StableHash.Of(text);
        return [(byte)(hash >> 8), (byte)hash];
    }
}
