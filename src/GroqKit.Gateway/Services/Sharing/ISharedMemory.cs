namespace GroqKit.Gateway.Services.Sharing;

/// <summary>
/// A fast store that all nodes share and that may forget everything at any time. No call throws because the store is away, and none
/// takes longer than 50 ms; after a failure calls return at once until the store answers again. Thread-safe.
/// </summary>
internal interface ISharedMemory
{
    /// <summary>False while the store is known to be away.</summary>
    bool IsReachable { get; }

    /// <returns>The value; null when there is none.</returns>
    ValueTask<SharedAnswer<byte[]?>> GetAsync(string key, CancellationToken cancellationToken);

    /// <param name="key">Its name; kept apart from other programs' names by a prefix.</param>
    /// <param name="value">What to keep.</param>
    /// <param name="lifetime">For how long at most; above zero.</param>
    /// <param name="cancellationToken">Ends the wait, not necessarily the work.</param>
    /// <returns>False when it isn't known to be kept.</returns>
    ValueTask<bool> SetAsync(
        string key,
        ReadOnlyMemory<byte> value,
        TimeSpan lifetime,
        CancellationToken cancellationToken
    );

    /// <summary>Keeps a value unless one is kept under that key already.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="value">What to keep.</param>
    /// <param name="lifetime">For how long at most; above zero.</param>
    /// <param name="cancellationToken">Ends the wait, not necessarily the work.</param>
    /// <returns>True when it was this call; not reached where that isn't known.</returns>
    ValueTask<SharedAnswer<bool>> AddAsync(
        string key,
        ReadOnlyMemory<byte> value,
        TimeSpan lifetime,
        CancellationToken cancellationToken
    );

    /// <returns>False when it isn't known to be gone.</returns>
    ValueTask<bool> DeleteAsync(string key, CancellationToken cancellationToken);

    /// <summary>Tells all nodes that listen, this one among them.</summary>
    /// <returns>False when it isn't known to be on its way.</returns>
    ValueTask<bool> PublishAsync(string channel, ReadOnlyMemory<byte> message, CancellationToken cancellationToken);

    /// <summary>Listens as long as the result isn't disposed, also after the connection was lost and made again.</summary>
    /// <param name="channel">What to listen to.</param>
    /// <param name="receive">Gets every message, not necessarily in order. Must return soon and not throw.</param>
    /// <param name="missed">Called when messages may have been missed, because the connection was away.</param>
    IDisposable Subscribe(string channel, Action<ReadOnlyMemory<byte>> receive, Action missed);
}
