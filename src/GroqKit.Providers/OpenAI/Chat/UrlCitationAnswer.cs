namespace GroqKit.Providers.OpenAI.Chat;

/// <summary>A page that a stretch of text rests on.</summary>
internal sealed record UrlCitationAnswer(int? StartIndex, int? EndIndex, string? Url, string? Title);
