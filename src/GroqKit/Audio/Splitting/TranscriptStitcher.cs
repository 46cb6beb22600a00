namespace GroqKit.Audio;

/// <summary>Puts the transcripts of a recording's parts together into one, as if it had been heard whole.</summary>
internal static class TranscriptStitcher
{
    // Whisper counts its windows in hundredths of a second.
    private const int SeeksPerSecond = 100;

    /// <param name="parts">The parts in order, each with what was heard in it; at least one.</param>
    public static Transcription Stitch(IReadOnlyList<TranscribedPart> parts)
    {
        Transcription first = parts[0].Transcription;
        AudioPart last = parts[^1].Part;
        return new Transcription
        {
            Text = WordSpacing.Join(parts.Select(part => part.Transcription.Text)),
            Task = first.Task,
            Language = MainLanguage(parts),
            Duration = (last.Start + last.Duration).TotalSeconds,
            Segments = Segments(parts),
            Words = Words(parts),
            XGroq = first.XGroq,
            Metadata = first.Metadata,
        };
    }

    private static string? MainLanguage(IReadOnlyList<TranscribedPart> parts) =>
        parts
            .Where(part => part.Transcription.Language is not null)
            .GroupBy(part => part.Transcription.Language, StringComparer.OrdinalIgnoreCase)
            .MaxBy(group => group.Sum(part => part.Part.Duration.TotalSeconds))
            ?.Key;

    private static List<TranscriptionSegment>? Segments(IReadOnlyList<TranscribedPart> parts)
    {
        if (parts.All(part => part.Transcription.Segments is null))
            return null;
        var segments = new List<TranscriptionSegment>();
        foreach (var (part, transcription) in parts)
        {
            foreach (TranscriptionSegment segment in transcription.Segments ?? [])
            {
                segments.Add(
                    segment with
                    {
                        Id = segments.Count,
                        Seek = segment.Seek + (int)Math.Round(part.Start.TotalSeconds * SeeksPerSecond),
                        Start = Shift(segment.Start, part),
                        End = Shift(segment.End, part),
                    }
                );
            }
        }
        return segments;
    }

    private static List<TranscriptionWord>? Words(IReadOnlyList<TranscribedPart> parts)
    {
        if (parts.All(part => part.Transcription.Words is null))
            return null;
        return
        [
            .. parts.SelectMany(part =>
                (part.Transcription.Words ?? []).Select(word =>
                    word with
                    {
                        Start = Shift(word.Start, part.Part),
                        End = Shift(word.End, part.Part),
                    }
                )
            ),
        ];
    }

    // Whisper hears in windows of 30 s and may name times behind the end of a part, where the next one begins.
    private static double Shift(double seconds, AudioPart part) =>
        part.Start.TotalSeconds + Math.Clamp(seconds, 0, part.Duration.TotalSeconds);
}
