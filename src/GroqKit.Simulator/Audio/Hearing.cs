using System.Runtime.InteropServices;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.Audio;

/// <summary>What was said in an audio file: the words that the simulator itself once spoke, else made-up ones of a fitting number.</summary>
internal sealed record Hearing(double Seconds, IReadOnlyList<SpokenWord> Words)
{
    private const double WordsPerSecond = 2.5;

    // A usual rate of compressed speech; enough for a guess at how long it is.
    private const double CompressedBytesPerSecond = 16_000;
    private const double Shortest = 0.01;

    public string Text => string.Join(' ', Words.Select(word => word.Text));

    /// <param name="audio">The file; null stands for one behind an address, which the simulator does not fetch.</param>
    /// <param name="source">What makes the answer repeatable: the address, or nothing with a file.</param>
    /// <param name="words">What is heard whatever was said, in the time that it took; null listens.</param>
    public static Hearing Of(ReadOnlyMemory<byte>? audio, string source, string? words)
    {
        Hearing hearing = Of(audio, source);
        return words is null ? hearing : Spread(words, hearing.Seconds);
    }

    /// <inheritdoc cref="Of(ReadOnlyMemory{byte}?, string, string?)"/>
    public static Hearing Of(ReadOnlyMemory<byte>? audio, string source)
    {
        if (audio is not { } bytes)
            return MadeUp(10, StableHash.Of(source));
        if (WavFile.TryRead(bytes.Span) is { } wav)
            return Of(wav);
        return HiddenWords.Find(bytes.Span) is { Count: > 0 } words
            ? new Hearing(words[^1].End, words)
            : MadeUp(Math.Max(Shortest, bytes.Length / CompressedBytesPerSecond), StableHash.Of(bytes.Span));
    }

    public static Hearing Of(WavFile wav)
    {
        (string Word, int Sample)[] found = [.. WordMark.Find(wav.Samples)];
        if (found.Length == 0)
            return MadeUp(wav.Seconds, StableHash.Of(MemoryMarshal.AsBytes(wav.Samples.AsSpan())));
        return new Hearing(wav.Seconds, [.. found.Select((word, i) => Word(found, i, wav))]);
    }

    private static SpokenWord Word((string Word, int Sample)[] found, int index, WavFile wav)
    {
        (string text, int start) = found[index];
        int next = index + 1 < found.Length ? found[index + 1].Sample : wav.Samples.Length;
        int end = start + WordMark.Samples(text);
        // It sounds until the rest before the next word, which is silence.
        while (end < next && wav.Samples.AsSpan(end, Math.Min(64, next - end)).ContainsAnyExcept((short)0))
            end += Math.Min(64, next - end);
        return new SpokenWord(text, At(start, wav), At(end, wav));
    }

    private static double At(int sample, WavFile wav) => Math.Round((double)sample / wav.Rate, 3);

    private static Hearing MadeUp(double seconds, ulong seed)
    {
        if (seconds < 1 / WordsPerSecond)
            return new Hearing(seconds, []);
        int count = (int)(seconds * WordsPerSecond);
        return Spread(Prose.Answer("this recording", images: 0, tokens: count, new Dice(seed)), seconds);
    }

    /// <summary>The words of a text, one after the other over a time.</summary>
    private static Hearing Spread(string text, double seconds)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        double each = seconds / Math.Max(1, words.Length);
        return new Hearing(
            seconds,
            [
                .. words.Select(
                    (word, i) => new SpokenWord(word, Math.Round(i * each, 3), Math.Round((i + 0.9) * each, 3))
                ),
            ]
        );
    }
}
