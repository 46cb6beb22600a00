using GroqKit.Catalog;

namespace GroqKit.Providers.Fallback.Chat;

/// <summary>Which models go on with an answer that somebody else began.</summary>
internal static class Continuation
{
    /// <summary>
    /// Groq continues a last message of role assistant, and so do servers of open models. OpenAI's own models answer it as if it were a turn
    /// of its own; models that think before they answer lose their thread.
    /// </summary>
    public static bool IsPossible(FallbackTarget target)
    {
        bool honoursPrefix =
            target.Provider.Kind == ProviderKind.Groq
            || (
                target.Provider.Kind == ProviderKind.OpenAI
                && !target
                    .Provider.Connections[0]
                    .Address.Host.EndsWith("openai.com", StringComparison.OrdinalIgnoreCase)
            );
        return honoursPrefix
            && target.Provider.FindModel(ProviderService.Llm, target.Model)?.Supports(ModelCapability.Reasoning)
                is not true;
    }
}
