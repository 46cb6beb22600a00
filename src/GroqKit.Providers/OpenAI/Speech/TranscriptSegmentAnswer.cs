namespace GroqKit.Providers.OpenAI.Speech;

/// <summary>A phrase with its times.</summary>
internal sealed record TranscriptSegmentAnswer(string? Text, double? Start, double? End, double? AvgLogprob);
