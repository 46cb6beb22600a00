using GroqKit.Providers.Speech;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.OpenAI.Speech;

/// <summary>What each family of models can tell about a transcript, and how it is read.</summary>
internal static class TranscriptReading
{
    /// <summary>Only the whisper family tells times; the others refuse to be asked.</summary>
    public static string FormatOf(string model) => IsWhisper(model) ? "verbose_json" : "json";

    /// <summary>Whether the model tells the probabilities of its tokens.</summary>
    public static bool HasLogprobs(string model) =>
        model.StartsWith("gpt-4o", StringComparison.OrdinalIgnoreCase)
        && model.Contains("transcribe", StringComparison.OrdinalIgnoreCase)
        && !model.Contains("diarize", StringComparison.OrdinalIgnoreCase);

    public static Transcript Read(TranscriptAnswer answer, string model, string? requestId)
    {
        TimeSpan? duration = Transcript.Seconds(answer.Duration ?? answer.Usage?.Seconds);
        return new Transcript(answer.Text ?? "", model)
        {
            Id = requestId,
            Language = answer.Language ?? (answer.Languages is { Count: > 0 } heard ? heard[0].Code : null),
            Confidence = Confidence(answer),
            Duration = duration,
            Usage = Usage(answer.Usage) ?? Transcript.UsageOf(duration),
            Phrases =
            [
                .. (answer.Segments ?? []).Select(segment => new TranscriptPhrase(
                    segment.Text ?? "",
                    Transcript.Seconds(segment.Start),
                    Transcript.Seconds(segment.End)
                )),
            ],
            Raw = answer,
        };
    }

    private static bool IsWhisper(string model) => model.Contains("whisper", StringComparison.OrdinalIgnoreCase);

    private static UsageDetails? Usage(TranscriptUsageAnswer? usage) =>
        usage?.InputTokens is null
            ? null
            : new UsageDetails
            {
                InputTokenCount = usage.InputTokens,
                OutputTokenCount = usage.OutputTokens,
                TotalTokenCount = usage.TotalTokens,
            };

    /// <summary>The mean probability: of tokens where they are told, else of segments, weighed by their length.</summary>
    private static double? Confidence(TranscriptAnswer answer)
    {
        if (answer.Logprobs is { Count: > 0 } tokens)
            return Math.Clamp(tokens.Average(token => Math.Exp(token.Logprob)), 0, 1);
        double weight = 0;
        double sum = 0;
        foreach (TranscriptSegmentAnswer segment in answer.Segments ?? [])
        {
            if (segment.AvgLogprob is not { } logprob)
                continue;
            double seconds = Math.Max((segment.End ?? 0) - (segment.Start ?? 0), 0.01);
            weight += seconds;
            sum += seconds * Math.Exp(logprob);
        }
        return weight > 0 ? Math.Clamp(sum / weight, 0, 1) : null;
    }
}
