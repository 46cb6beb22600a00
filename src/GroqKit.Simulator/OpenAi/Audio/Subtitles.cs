using System.Globalization;
using System.Text;
using GroqKit.Simulator.Audio;

namespace GroqKit.Simulator.OpenAi.Audio;

/// <summary>A transcript as subtitles, a cue a sentence.</summary>
internal static class Subtitles
{
    public static string Srt(Hearing hearing)
    {
        var text = new StringBuilder();
        int number = 0;
        foreach (SpokenWord[] words in TranscriptWriter.Sentences(hearing.Words))
            text.Append(++number).Append('\n').Append(Cue(words, ',')).Append("\n\n");
        return text.ToString();
    }

    public static string Vtt(Hearing hearing)
    {
        var text = new StringBuilder("WEBVTT\n\n");
        foreach (SpokenWord[] words in TranscriptWriter.Sentences(hearing.Words))
            text.Append(Cue(words, '.')).Append("\n\n");
        return text.ToString();
    }

    private static string Cue(SpokenWord[] words, char point) =>
        $"{Time(words[0].Start, point)} --> {Time(words[^1].End, point)}\n{string.Join(' ', words.Select(word => word.Text))}";

    private static string Time(double seconds, char point) =>
        TimeSpan.FromSeconds(seconds).ToString($@"hh\:mm\:ss\{point}fff", CultureInfo.InvariantCulture);
}
