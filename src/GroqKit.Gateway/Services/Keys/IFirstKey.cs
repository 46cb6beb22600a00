using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Keys;

/// <summary>Stores the key with which everything begins.</summary>
internal interface IFirstKey
{
    /// <summary>Stores the key if no key was ever stored, on this node or another.</summary>
    /// <returns>False when there was one.</returns>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    Task<bool> AddIfNoneAsync(CallerKey key, Change change, CancellationToken cancellationToken);
}
