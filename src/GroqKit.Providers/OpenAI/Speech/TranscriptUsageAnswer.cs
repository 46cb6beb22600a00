namespace GroqKit.Providers.OpenAI.Speech;

/// <summary>What was used: seconds or tokens.</summary>
internal sealed record TranscriptUsageAnswer(double? Seconds, long? InputTokens, long? OutputTokens, long? TotalTokens);
