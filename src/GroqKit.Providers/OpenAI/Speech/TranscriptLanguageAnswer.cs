namespace GroqKit.Providers.OpenAI.Speech;

/// <summary>A language that was heard.</summary>
internal sealed record TranscriptLanguageAnswer(string? Code);
