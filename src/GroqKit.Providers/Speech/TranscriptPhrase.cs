namespace GroqKit.Providers.Speech;

/// <summary>A stretch of what was heard.</summary>
internal sealed record TranscriptPhrase(string Text, TimeSpan? Start, TimeSpan? End);
