namespace GroqKit.Gateway.Services.Sync;

/// <summary>How a provider does.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Provider">Its name.</param>
/// <param name="IsUp">Whether it works.</param>
/// <param name="Since">Since when that is so.</param>
/// <param name="CheckedAt">When it was last looked at.</param>
/// <param name="Failures">Trial calls that failed in a row.</param>
/// <param name="LatencyMs">Of the last trial call, or of traffic.</param>
/// <param name="Error">What is wrong, in a sentence.</param>
internal sealed record ProviderHealth(
    string Tenant,
    string Provider,
    bool IsUp,
    DateTimeOffset Since,
    DateTimeOffset CheckedAt,
    int Failures,
    double LatencyMs,
    string? Error
);
