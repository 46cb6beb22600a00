using GroqKit.Gateway.Services.Jobs;

namespace GroqKit.Gateway.Services.Sync;

/// <summary>Something that one node does again and again for all.</summary>
internal interface ISyncTask
{
    /// <summary>Its name in addresses.</summary>
    string Name { get; }

    /// <summary>From the end of one run to the beginning of the next.</summary>
    TimeSpan Interval { get; }

    /// <exception cref="JobException">It failed for a known reason.</exception>
    Task<SyncResult> RunAsync(CancellationToken cancellationToken);
}
