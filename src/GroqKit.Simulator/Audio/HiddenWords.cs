using System.Globalization;
using System.Text;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.Audio;

/// <summary>
/// Words with their times as bytes, for the places of compressed formats that no decoder plays. Of joined files the times go on where
/// the file before ended.
/// </summary>
internal static class HiddenWords
{
    private const char Divider = '\u001F';
    private const int ChecksumBytes = 2;

    private static ReadOnlySpan<byte> Mark => [0x5A, 0x17, 0xC0, 0xDF];

    /// <summary>One word; never more than 300 bytes.</summary>
    public static byte[] Bytes(SpokenWord word)
    {
        byte[] text = Encoding.UTF8.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{word.Start:0.###}{Divider}{word.End:0.###}{Divider}{word.Text}"
            )
        );
        return [.. Mark, (byte)(text.Length >> 8), (byte)text.Length, .. text, .. Checksum(text)];
    }

    public static IReadOnlyList<SpokenWord> Find(ReadOnlySpan<byte> bytes)
    {
        List<SpokenWord> words = [];
        double before = 0;
        for (int at = 0; bytes[at..].IndexOf(Mark) is >= 0 and var next; )
        {
            at += next + Mark.Length;
            if (Read(bytes[at..]) is not { } word)
                continue;
            if (words.Count > 0 && before + word.Start < words[^1].Start)
                before = words[^1].End;
            words.Add(word with { Start = Round(before + word.Start), End = Round(before + word.End) });
        }

        return words;
    }

    private static SpokenWord? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2)
            return null;
        int length = (bytes[0] << 8) | bytes[1];
        if (bytes.Length < 2 + length + ChecksumBytes)
            return null;
        ReadOnlySpan<byte> text = bytes.Slice(2, length);
        if (!bytes.Slice(2 + length, ChecksumBytes).SequenceEqual(Checksum(text)))
            return null;
        string[] parts = Encoding.UTF8.GetString(text).Split(Divider, 3);
        return new SpokenWord(
            parts[2],
            double.Parse(parts[0], CultureInfo.InvariantCulture),
            double.Parse(parts[1], CultureInfo.InvariantCulture)
        );
    }

    private static double Round(double seconds) => Math.Round(seconds, 3);

    private static byte[] Checksum(ReadOnlySpan<byte> text)
    {
        ulong hash = StableHash.Of(text);
        return [(byte)(hash >> 8), (byte)hash];
    }
}
