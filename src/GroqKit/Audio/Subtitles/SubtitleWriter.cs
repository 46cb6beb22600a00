using System.Globalization;
using System.Text;

namespace GroqKit.Audio;

/// <summary>Writes cues as SubRip (srt) or WebVTT (vtt). Cues never overlap and always last at least a millisecond.</summary>
public static class SubtitleWriter
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    /// <summary>SubRip: numbered cues, a comma before the milliseconds.</summary>
    /// <param name="cues">In any order; those without text are left out.</param>
    public static string ToSrt(IEnumerable<SubtitleCue> cues)
    {
        ArgumentNullException.ThrowIfNull(cues);
        var text = new StringBuilder();
        int number = 0;
        foreach (SubtitleCue cue in Arrange(cues))
        {
            text.Append(CultureInfo.InvariantCulture, $"{++number}\n");
            text.Append(CultureInfo.InvariantCulture, $"{Time(cue.Start, ',')} --> {Time(cue.End, ',')}\n");
            // The format knows no escapes, and an arrow within the text would read as a line of times.
            text.Append(cue.Text.Replace("-->", "->", StringComparison.Ordinal)).Append("\n\n");
        }
        return text.ToString();
    }

    /// <summary>WebVTT: a heading, a point before the milliseconds, markup characters escaped.</summary>
    /// <param name="cues">In any order; those without text are left out.</param>
    public static string ToVtt(IEnumerable<SubtitleCue> cues)
    {
        ArgumentNullException.ThrowIfNull(cues);
        var text = new StringBuilder("WEBVTT\n\n");
        foreach (SubtitleCue cue in Arrange(cues))
        {
            text.Append(CultureInfo.InvariantCulture, $"{Time(cue.Start, '.')} --> {Time(cue.End, '.')}\n");
            foreach (char letter in cue.Text)
            {
                _ = letter switch
                {
                    '&' => text.Append("&amp;"),
                    '<' => text.Append("&lt;"),
                    '>' => text.Append("&gt;"),
                    _ => text.Append(letter),
                };
            }
            text.Append("\n\n");
        }
        return text.ToString();
    }

    private static IEnumerable<SubtitleCue> Arrange(IEnumerable<SubtitleCue> cues)
    {
        SubtitleCue[] sorted =
        [
            .. cues.Select(cue => new SubtitleCue(Round(cue.Start), Round(cue.End), Tidy(cue.Text)))
                .Where(cue => cue.Text.Length > 0)
                .OrderBy(cue => cue.Start),
        ];
        TimeSpan free = TimeSpan.Zero;
        for (int i = 0; i < sorted.Length; i++)
        {
            TimeSpan start = sorted[i].Start > free ? sorted[i].Start : free;
            TimeSpan end = sorted[i].End;
            if (i + 1 < sorted.Length && end > sorted[i + 1].Start)
                end = sorted[i + 1].Start;
            if (end < start + Shortest)
                end = start + Shortest;
            free = end;
            yield return sorted[i] with
            {
                Start = start,
                End = end,
            };
        }
    }

    private static TimeSpan Round(TimeSpan time) =>
        time <= TimeSpan.Zero
            ? TimeSpan.Zero
            : TimeSpan.FromMilliseconds((time.Ticks + TimeSpan.TicksPerMillisecond / 2) / TimeSpan.TicksPerMillisecond);

    // An empty line would end the cue.
    private static string Tidy(string? text) =>
        string.Join(
            '\n',
            (text ?? "").Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        );

    private static string Time(TimeSpan time, char point) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(long)time.TotalHours:00}:{time.Minutes:00}:{time.Seconds:00}{point}{time.Milliseconds:000}"
        );
}
