using System.Text;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.Audio;

/// <summary>Says a text as tones: one a word, as long as the word, with a rest between words and a longer one between sentences.</summary>
internal static class Voice
{
    private const double SecondsPerLetter = 0.055;
    private const double ShortestWord = 0.16;
    private const double BetweenWords = 0.04;
    private const double BetweenSentences = 0.45;
    private const double Fade = 0.01;
    private const double Loudness = 7_000;

    /// <param name="text">Words between white space; a direction in square brackets is not said.</param>
    /// <param name="voice">Decides how high it sounds.</param>
    /// <param name="rate">Samples a second.</param>
    /// <param name="speed">2 is twice as quick.</param>
    public static short[] Say(string text, string voice, int rate, double speed)
    {
        double pitch = 110 + StableHash.Of(voice) % 120;
        List<short> samples = [];
        foreach (string word in WordsOf(text))
        {
            double seconds = Math.Max(ShortestWord, SecondsPerLetter * word.Length) / speed;
            int count = Math.Max((int)(seconds * rate), WordMark.Samples(word));
            short[] tone = Tone(pitch * (1 + StableHash.Of(word) % 7 / 12.0), count, rate);
            WordMark.Hide(word, tone);
            samples.AddRange(tone);
            double rest = new SpokenWord(word, 0, 0).EndsSentence ? BetweenSentences : BetweenWords;
            samples.AddRange(new short[(int)(rest / speed * rate)]);
        }

        return [.. samples];
    }

    private static short[] Tone(double frequency, int count, int rate)
    {
        short[] tone = new short[count];
        double fade = Fade * rate;
        for (int i = 0; i < count; i++)
        {
            double edge = Math.Min(1, Math.Min(i, count - 1 - i) / fade);
            tone[i] = (short)(Loudness * edge * Math.Sin(2 * Math.PI * frequency * i / rate));
        }

        return tone;
    }

    private static IEnumerable<string> WordsOf(string text)
    {
        var spoken = new StringBuilder();
        int depth = 0;
        foreach (char c in text)
        {
            depth += c is '[' ? 1 : 0;
            if (depth == 0)
                spoken.Append(c);
            depth -= c is ']' && depth > 0 ? 1 : 0;
        }

        return spoken
            .ToString()
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Where(word => Encoding.UTF8.GetByteCount(word) <= WordMark.LongestWord);
    }
}
