namespace GroqKit.Gateway.Services.Providers;

/// <summary>What a provider is to be.</summary>
/// <param name="Kind">How it speaks.</param>
/// <param name="BaseUrl">Null for the kind's own address.</param>
/// <param name="ApiKey">Its key; null for none.</param>
/// <param name="KeepKey">Leaves the stored key as it is; <paramref name="ApiKey"/> is null then.</param>
/// <param name="MaxRetries">Attempts after the first.</param>
/// <param name="TimeoutSeconds">The longest wait for an answer to begin.</param>
internal sealed record ProviderRequest(
    ProviderKind Kind,
    string? BaseUrl,
    string? ApiKey,
    bool KeepKey,
    int MaxRetries,
    int TimeoutSeconds
);
