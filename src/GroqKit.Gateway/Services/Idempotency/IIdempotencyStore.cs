using GroqKit.Gateway.Services.Secrets;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Idempotency;

/// <summary>Remembers requests that are to happen once, for all nodes, by one clock.</summary>
internal interface IIdempotencyStore
{
    /// <summary>How long a run may go without a sign of life.</summary>
    static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    /// <summary>How long answers are given again.</summary>
    static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>Whether answers can be stored at all.</summary>
    bool IsAvailable { get; }

    /// <exception cref="StorageException">The store can't be reached.</exception>
    /// <exception cref="SecretException">The answer can't be read any more.</exception>
    Task<ClaimResult> ClaimAsync(IdempotencyClaim claim, CancellationToken cancellationToken);

    /// <summary>The run goes on.</summary>
    Task RenewAsync(IdempotencyClaim claim, CancellationToken cancellationToken);

    /// <param name="claim">The run.</param>
    /// <param name="fingerprint">Of the request.</param>
    /// <param name="answer">What it was answered; null where that is too long to be kept.</param>
    /// <param name="endUser">On whose behalf; what belongs to somebody who was erased meanwhile isn't kept.</param>
    /// <param name="began">When the run began.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task CompleteAsync(
        IdempotencyClaim claim,
        string fingerprint,
        StoredAnswer? answer,
        string? endUser,
        DateTimeOffset began,
        CancellationToken cancellationToken
    );

    /// <summary>The run came to nothing; the next request may try.</summary>
    Task ReleaseAsync(IdempotencyClaim claim, CancellationToken cancellationToken);
}
