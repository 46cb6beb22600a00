namespace GroqKit.Gateway.Services.Keys;

/// <summary>Where callers' keys outlive the process. Off the hot path: requests are checked against <see cref="KeyRing"/>.</summary>
internal interface IKeyStore
{
    /// <summary>Where the keys are, for people.</summary>
    string Location { get; }

    /// <exception cref="KeyStoreException">The store exists but cannot be read.</exception>
    Task<IReadOnlyList<CallerKey>> LoadAsync(CancellationToken cancellationToken);

    /// <summary>Adds a key durably: once this returns, it survives a crash.</summary>
    /// <exception cref="KeyStoreException">The store cannot be written.</exception>
    Task AddAsync(CallerKey key, CancellationToken cancellationToken);
}
