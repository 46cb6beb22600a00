namespace GroqKit.Providers;

/// <summary>What came of asking a provider something small: whether it takes the key, or whether a service works.</summary>
/// <param name="Connection">The key and address that were used.</param>
/// <param name="Latency">From sending to the answer, by the injected clock.</param>
/// <param name="Failure">What went wrong; null when it worked.</param>
public sealed record ProviderCheck(ProviderConnection Connection, TimeSpan Latency, ProviderException? Failure = null)
{
    /// <summary>Whether it worked.</summary>
    public bool IsHealthy => Failure is null;

    /// <summary>How many models the provider listed; null when the check did not list them.</summary>
    public int? ModelCount { get; init; }
}
