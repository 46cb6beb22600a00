namespace GroqKit.Providers.OpenAI;

/// <summary>The list of models.</summary>
internal sealed record ModelListAnswer(IReadOnlyList<ModelEntryAnswer>? Data);
