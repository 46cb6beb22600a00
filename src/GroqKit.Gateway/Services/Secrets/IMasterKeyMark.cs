using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Secrets;

/// <summary>A known text, stored under the master key.</summary>
internal interface IMasterKeyMark
{
    /// <returns>Null while nothing was ever stored.</returns>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    Task<string?> ReadAsync(CancellationToken cancellationToken);

    /// <param name="before">What is there now; whoever wrote meanwhile goes before.</param>
    /// <param name="now">What is to be there.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task WriteAsync(string? before, string now, CancellationToken cancellationToken);
}
