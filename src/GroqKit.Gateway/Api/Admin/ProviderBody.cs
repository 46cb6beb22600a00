namespace GroqKit.Gateway.Api.Admin;

/// <summary>The body that makes or changes a provider, for the API document.</summary>
internal sealed record ProviderBody(
    string Name,
    string Kind,
    string? BaseUrl,
    string? ApiKey,
    int? MaxRetries,
    int? TimeoutSeconds
);
