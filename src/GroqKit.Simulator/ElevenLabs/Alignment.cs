using System.Text.Json;
using GroqKit.Simulator.Audio;

namespace GroqKit.Simulator.ElevenLabs;

/// <summary>When each character of a text is said: within a word evenly, between words in the pause, and what is not said in no time.</summary>
internal sealed record Alignment(string Text, IReadOnlyList<double> Starts, IReadOnlyList<double> Ends)
{
    public static Alignment Of(string text, WavFile wav)
    {
        double[] starts = new double[text.Length];
        double[] ends = new double[text.Length];
        int at = 0;
        double now = 0;
        foreach (SpokenWord word in Hearing.Of(wav).Words)
        {
            int found = text.IndexOf(word.Text, at, StringComparison.Ordinal);
            if (found < 0)
                continue;
            Spread(starts, ends, at, found, now, word.Start);
            Spread(starts, ends, found, found + word.Text.Length, word.Start, word.End);
            at = found + word.Text.Length;
            now = word.End;
        }

        Spread(starts, ends, at, text.Length, now, wav.Seconds);
        return new Alignment(text, starts, ends);
    }

    /// <summary>In seconds, as the HTTP endpoints have it.</summary>
    public void WriteSeconds(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteCharacters(json, "characters");
        WriteNumbers(json, "character_start_times_seconds", Starts);
        WriteNumbers(json, "character_end_times_seconds", Ends);
        json.WriteEndObject();
    }

    /// <summary>Begin and length in milliseconds, as the socket has it.</summary>
    public void WriteMilliseconds(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteCharacters(json, "chars");
        WriteNumbers(json, "charStartTimesMs", Starts.Select(start => Math.Round(start * 1000)));
        WriteNumbers(json, "charDurationsMs", Starts.Zip(Ends, (start, end) => Math.Round((end - start) * 1000)));
        json.WriteEndObject();
    }

    private void WriteCharacters(Utf8JsonWriter json, string name)
    {
        json.WriteStartArray(name);
        // Half a character cannot be written: the second half of a pair is left empty.
        for (int i = 0; i < Text.Length; i++)
        {
            if (char.IsHighSurrogate(Text[i]) && i + 1 < Text.Length)
                json.WriteStringValue(Text.AsSpan(i, 2));
            else
                json.WriteStringValue(char.IsSurrogate(Text[i]) ? "" : Text.AsSpan(i, 1));
        }

        json.WriteEndArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<double> numbers)
    {
        json.WriteStartArray(name);
        foreach (double number in numbers)
            json.WriteNumberValue(Math.Round(number, 3));
        json.WriteEndArray();
    }

    private static void Spread(double[] starts, double[] ends, int from, int to, double begin, double end)
    {
        double each = to > from ? (end - begin) / (to - from) : 0;
        for (int i = from; i < to; i++)
        {
            starts[i] = begin + (i - from) * each;
            ends[i] = begin + (i - from + 1) * each;
        }
    }
}
