namespace GroqKit.Gateway.Services.Usage;

/// <summary>Where accounts are kept for good and reports read them. Off the hot path.</summary>
internal interface IUsageStore
{
    /// <summary>Stores a batch, all or nothing and durably. Records that are there already, by their request id, stay as they are.</summary>
    Task SaveAsync(IReadOnlyList<UsageRecord> records, CancellationToken cancellationToken);
}
