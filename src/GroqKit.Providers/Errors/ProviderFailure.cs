namespace GroqKit.Providers;

/// <summary>What kind of failure a provider's call ended in. The same words for every provider.</summary>
public enum ProviderFailure
{
    /// <summary>Nobody answered at the address: refused, or the name does not resolve. Nothing was sent.</summary>
    Refused,

    /// <summary>The connection broke before an answer began.</summary>
    Network,

    /// <summary>A deadline passed, ours or the provider's.</summary>
    Timeout,

    /// <summary>The key is missing, wrong or withdrawn.</summary>
    Authentication,

    /// <summary>The key may not do this: scope, region, plan.</summary>
    Permission,

    /// <summary>The account has no money or credits left. Waiting does not help.</summary>
    QuotaExhausted,

    /// <summary>Too many requests or tokens for the moment.</summary>
    RateLimited,

    /// <summary>The provider has no capacity for the moment.</summary>
    Overloaded,

    /// <summary>The provider broke.</summary>
    Server,

    /// <summary>An answer began and was cut off.</summary>
    StreamCut,

    /// <summary>The answer is not what the protocol says: broken JSON, no audio, silence.</summary>
    Malformed,

    /// <summary>The model is unknown, withdrawn, or closed to the account.</summary>
    ModelUnavailable,

    /// <summary>More input than the model takes. Another model may have more room.</summary>
    ContextLength,

    /// <summary>The provider refuses the content. Never routed around.</summary>
    ContentFilter,

    /// <summary>The request is wrong, whoever serves it.</summary>
    CallerMistake,
}
