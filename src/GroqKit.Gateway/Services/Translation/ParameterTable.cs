using System.Collections.Frozen;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Services.Translation;

/// <summary>
/// The parameters of one provider that another refuses although it could serve without them. Parameters that change what is answered
/// (such as <c>n</c>) are not among them: those stay, and the provider's refusal is told.
/// </summary>
internal static class ParameterTable
{
    private static readonly ParameterRule[] GroqChat =
    [
        .. Drop(
            "audio",
            "logit_bias",
            "logprobs",
            "modalities",
            "moderation",
            "prediction",
            "prompt_cache_key",
            "prompt_cache_options",
            "prompt_cache_retention",
            "safety_identifier",
            "top_logprobs",
            "verbosity",
            "web_search_options"
        ),
        new("service_tier")
        {
            Words = Words(("default", "on_demand"), ("priority", null), ("scale", null), ("fast", null)),
        },
        new("stream_options") { Members = ["include_usage"] },
    ];

    private static readonly ParameterRule[] GroqResponses =
    [
        .. Drop("include", "max_tool_calls", "prompt_cache_key", "prompt_cache_options", "prompt_cache_retention"),
        .. Drop("safety_identifier", "stream_options", "top_logprobs", "moderation", "context_management"),
        new("service_tier") { Words = Words(("priority", null), ("scale", null), ("fast", null), ("ultrafast", null)) },
        new("reasoning") { Members = ["effort"] },
        new("text") { Members = ["format"] },
    ];

    private static readonly ParameterRule[] GroqEmbeddings = [.. Drop("dimensions")];

    private static readonly ParameterRule[] GroqSpeech = [.. Drop("instructions", "user")];

    private static readonly ParameterRule[] OpenAiChat =
    [
        .. Drop(
            "citation_options",
            "compound_custom",
            "disable_tool_validation",
            "documents",
            "exclude_domains",
            "include_domains",
            "include_reasoning",
            "reasoning_format",
            "search_settings"
        ),
        new("service_tier") { Words = Words(("on_demand", "default"), ("performance", "priority")) },
    ];

    private static readonly ParameterRule[] OpenAiSpeech = [.. Drop("sample_rate")];

    /// <summary>
    /// The parameters of a chat that have a rule for some provider: the only ones for which a chat has to be taken apart. Of
    /// <c>stream_options</c>, which many callers send, only unusual members count.
    /// </summary>
    public static IReadOnlyList<string> ChatNames { get; } =
    [.. GroqChat.Concat(OpenAiChat).Select(rule => rule.Name).Where(name => name != "stream_options").Distinct()];

    /// <summary>The rules for requests of one operation to one provider; mostly none.</summary>
    public static IReadOnlyList<ParameterRule> Of(Provider provider, string operation) =>
        (provider.Kind, operation) switch
        {
            (ProviderKind.Groq, Operation.Chat) => GroqChat,
            (ProviderKind.Groq, Operation.Responses) => GroqResponses,
            (ProviderKind.Groq, Operation.Embeddings) => GroqEmbeddings,
            (ProviderKind.Groq, Operation.Speech) => GroqSpeech,
            (ProviderKind.OpenAi, Operation.Chat) when IsOpenAiItself(provider) => OpenAiChat,
            (ProviderKind.OpenAi, Operation.Speech) when IsOpenAiItself(provider) => OpenAiSpeech,
            _ => [],
        };

    // What a compatible server knows is not known: it may well take Groq's parameters.
    private static bool IsOpenAiItself(Provider provider) =>
        provider.BaseAddress.Host is var host
        && (host == "api.openai.com" || host.EndsWith(".api.openai.com", StringComparison.Ordinal));

    private static IEnumerable<ParameterRule> Drop(params string[] names) =>
        names.Select(name => new ParameterRule(name));

    private static FrozenDictionary<string, string?> Words(params (string Theirs, string? Ours)[] words) =>
        words.ToFrozenDictionary(word => word.Theirs, word => word.Ours, StringComparer.Ordinal);
}
