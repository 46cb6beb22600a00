namespace GroqKit.Providers.OpenAI.Speech;

/// <summary>A transcript, in any of the JSON forms.</summary>
internal sealed record TranscriptAnswer
{
    public string? Text { get; init; }

    public string? Language { get; init; }

    public double? Duration { get; init; }

    public IReadOnlyList<TranscriptSegmentAnswer>? Segments { get; init; }

    public IReadOnlyList<TranscriptLanguageAnswer>? Languages { get; init; }

    public IReadOnlyList<TranscriptTokenAnswer>? Logprobs { get; init; }

    public TranscriptUsageAnswer? Usage { get; init; }
}
