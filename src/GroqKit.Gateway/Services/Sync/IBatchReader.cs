using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Services.Sync;

/// <summary>Asks providers how far batches are.</summary>
internal interface IBatchReader
{
    /// <summary>Never throws for what the provider does.</summary>
    /// <returns>Null when it doesn't answer, or with something that isn't understood.</returns>
    Task<BatchState?> ReadAsync(Provider provider, string id, CancellationToken cancellationToken);
}
