namespace GroqKit.Providers.OpenAI.Chat;

/// <summary>A note on the text.</summary>
internal sealed record AnnotationAnswer(string? Type, UrlCitationAnswer? UrlCitation);
