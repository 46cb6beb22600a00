using GroqKit.Catalog;

namespace GroqKit.Providers.Fallback.Chat;

/// <summary>Which models go on with an answer that somebody else began.</summary>
internal static class Continuation
{
    /// <summary>
    /// Groq continues a last message of role assistant, and so do servers of open models. OpenAI's own models answer it as if it were a turn
    /// of its own; models that think before they answer lose their thread.
    /// </summary>
    /// <param name="kind">Which code talks to the provider.</param>
    /// <param name="host">Where it is.</param>
    /// <param name="reasons">Whether the model thinks before it answers.</param>
    public static bool IsPossible(ProviderKind kind, string host, bool reasons) =>
        !reasons
        && (
            kind == ProviderKind.Groq
            || (kind == ProviderKind.OpenAI && !host.EndsWith("openai.com", StringComparison.OrdinalIgnoreCase))
        );

    /// <inheritdoc cref="IsPossible(ProviderKind, string, bool)"/>
    public static bool IsPossible(FallbackTarget target) =>
        IsPossible(
            target.Provider.Kind,
            target.Provider.Connections[0].Address.Host,
            target.Provider.FindModel(ProviderService.Llm, target.Model)?.Supports(ModelCapability.Reasoning) is true
        );
}
