namespace GroqKit.Providers.OpenAI;

/// <summary>One model of the list.</summary>
internal sealed record ModelEntryAnswer(string? Id);
