namespace GroqKit.Providers.OpenAI.Speech;

/// <summary>A token and how likely it was.</summary>
internal sealed record TranscriptTokenAnswer(double Logprob);
