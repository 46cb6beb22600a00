using GroqKit.Gateway.Services.Jobs;
using GroqKit.Gateway.Services.Secrets;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Privacy;

/// <summary>Bodies of calls to agents that ask for it, encrypted.</summary>
internal interface IKeptBodies
{
    /// <summary>Keeps one; whoever waits for the answer has it already, so that a failure is only logged.</summary>
    Task KeepAsync(KeptBody body, CancellationToken cancellationToken);

    /// <summary>Keeps some that somebody relies on.</summary>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    Task KeepAllAsync(IReadOnlyList<KeptBody> bodies, CancellationToken cancellationToken);

    /// <summary>What was asked in those of these calls of a tenant that are kept, by their ids.</summary>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    /// <exception cref="SecretException">One can't be read.</exception>
    Task<IReadOnlyDictionary<string, string>> FindAsync(
        string tenant,
        IReadOnlyCollection<string> ids,
        CancellationToken cancellationToken
    );

    /// <summary>Sees whether what is kept can be read.</summary>
    /// <exception cref="SecretException">It can't.</exception>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>Puts all that is under another master key under the present one.</summary>
    /// <returns>How many were moved.</returns>
    /// <exception cref="JobException">One can't be read.</exception>
    Task<int> RewrapAsync(CancellationToken cancellationToken);
}
