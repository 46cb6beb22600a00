using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Services.Providers;

/// <summary>A provider as the admin API shows it. Its key is never shown.</summary>
/// <param name="Name">What callers write before a model's name.</param>
/// <param name="Kind">groq, openai or elevenlabs.</param>
/// <param name="BaseUrl">Where it is; null for a shared one that isn't yours.</param>
/// <param name="HasKey">Whether it has a key.</param>
/// <param name="MaxRetries">Attempts after the first.</param>
/// <param name="TimeoutSeconds">The longest wait for an answer to begin.</param>
/// <param name="Source">own, shared (the operator's) or environment.</param>
/// <param name="CreatedAt">When it was made; null for one that isn't stored for you.</param>
/// <param name="UpdatedAt">When it was last changed; null likewise.</param>
/// <param name="Version">The number in its ETag; null likewise.</param>
internal sealed record ProviderView(
    string Name,
    string Kind,
    string? BaseUrl,
    bool HasKey,
    int? MaxRetries,
    int? TimeoutSeconds,
    string Source,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? UpdatedAt,
    long? Version
)
{
    public static ProviderView Own(ProviderConfiguration provider) =>
        new(
            provider.Name,
            ProviderKinds.NameOf(provider.Kind),
            provider.BaseUrl.ToString(),
            provider.ProtectedKey is not null,
            provider.MaxRetries,
            provider.TimeoutSeconds,
            "own",
            provider.CreatedAt,
            provider.UpdatedAt,
            provider.Version
        );

    /// <summary>One that serves the tenant but isn't its own.</summary>
    public static ProviderView Given(Provider provider, string source) =>
        new(
            provider.Name,
            ProviderKinds.NameOf(provider.Kind),
            BaseUrl: null,
            provider.Authorization is not null,
            MaxRetries: null,
            TimeoutSeconds: null,
            source,
            CreatedAt: null,
            UpdatedAt: null,
            Version: null
        );
}
