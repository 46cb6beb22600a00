using GroqKit.Gateway.Services.Sharing;

namespace GroqKit.Gateway.Services.Limits.Leases;

/// <summary>
/// Keeps ledgers where all nodes reach them. A ledger is changed by reading it and putting the new one in the place of exactly the old
/// one, so two nodes never overwrite each other. No call takes longer than 50 ms, and none throws because the store is away.
/// </summary>
internal interface ILedgerStore
{
    /// <summary>False while the store is known to be away.</summary>
    bool IsReachable { get; }

    /// <summary>Reads a ledger, and what time it is for the store.</summary>
    /// <param name="id">Which.</param>
    /// <param name="survivor">
    /// True when this node has known the store before: if the store doesn't remember that, it has lost everything, instead of being new.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<SharedAnswer<LedgerRead>> ReadAsync(string id, bool survivor, CancellationToken cancellationToken);

    /// <summary>Puts a ledger in the place of the one that was read.</summary>
    /// <param name="id">Which.</param>
    /// <param name="old">What was read; null when there was none.</param>
    /// <param name="value">What is to be there.</param>
    /// <param name="lifetime">How long it matters after its last change.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when another node was faster.</returns>
    ValueTask<SharedAnswer<bool>> ReplaceAsync(
        string id,
        byte[]? old,
        byte[] value,
        TimeSpan lifetime,
        CancellationToken cancellationToken
    );

    /// <summary>Drops ledgers that no longer matter.</summary>
    ValueTask TrimAsync(CancellationToken cancellationToken);
}
