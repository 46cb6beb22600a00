namespace GroqKit.Gateway.Services.Limits.Leases;

/// <summary>What a store knows of a ledger.</summary>
/// <param name="Now">The store's time in milliseconds since 1970. Nodes' clocks may differ; this one is the same for all.</param>
/// <param name="Epoch">Names the life of the store: another one when it has lost what it held.</param>
/// <param name="State">The ledger; null when there is none.</param>
internal sealed record LedgerRead(long Now, StoreEpoch Epoch, byte[]? State);
