using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Jobs;

/// <summary>Where jobs last. Every member throws <see cref="StorageException"/> when the store can't be reached.</summary>
internal interface IJobStore
{
    /// <returns>The job's id; null when there is one with the same unique key already.</returns>
    Task<string?> EnqueueAsync(JobRequest request, CancellationToken cancellationToken);

    /// <summary>Takes the job that has been due longest. No two workers hold the same.</summary>
    /// <param name="owner">Who takes it, for people.</param>
    /// <param name="kinds">What it can do.</param>
    /// <param name="duration">How long it is taken for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when nothing is due.</returns>
    Task<Job?> LeaseAsync(
        string owner,
        IReadOnlyCollection<string> kinds,
        TimeSpan duration,
        CancellationToken cancellationToken
    );

    /// <summary>Takes a leased job for longer.</summary>
    /// <returns>False when another worker has it by now.</returns>
    Task<bool> RenewAsync(Job job, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Ends an attempt, with what it changes, in one transaction.</summary>
    /// <returns>False when another worker has the job by now; then nothing was changed.</returns>
    Task<bool> FinishAsync(Job job, JobOutcome outcome, CancellationToken cancellationToken);

    /// <summary>A tenant's jobs, the newest first, at most <paramref name="count"/> of those before <paramref name="before"/>.</summary>
    Task<IReadOnlyList<Job>> ListAsync(
        JobFilter filter,
        string? before,
        int count,
        CancellationToken cancellationToken
    );

    Task<Job?> FindAsync(string tenant, string id, CancellationToken cancellationToken);

    /// <summary>Lets a job that is done or aside wait again, with no attempts made.</summary>
    /// <returns>False when it is neither.</returns>
    Task<bool> RepeatAsync(Job job, Change change, CancellationToken cancellationToken);
}
