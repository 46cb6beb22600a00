using GroqKit.Gateway.Services.Jobs;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Sync;

/// <summary>Where it lasts how background tasks went. Every member throws <see cref="StorageException"/> when the store can't be reached.</summary>
internal interface ISyncStore
{
    Task<IReadOnlyDictionary<string, SyncRun>> RunsAsync(CancellationToken cancellationToken);

    /// <summary>Notes a run that succeeded.</summary>
    JobEffect Record(string task, DateTimeOffset startedAt, string summary);

    /// <summary>The jobs of all tasks, by kind.</summary>
    Task<IReadOnlyDictionary<string, Job>> JobsAsync(CancellationToken cancellationToken);

    /// <summary>Makes a waiting task due now.</summary>
    /// <returns>False when it runs already, or was never scheduled.</returns>
    Task<bool> HurryAsync(string kind, Change? change, CancellationToken cancellationToken);
}
