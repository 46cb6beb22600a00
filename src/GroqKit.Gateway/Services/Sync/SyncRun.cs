namespace GroqKit.Gateway.Services.Sync;

/// <summary>The last run of a background task that succeeded.</summary>
/// <param name="Runs">How many there were.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="Summary">What it did.</param>
internal sealed record SyncRun(long Runs, DateTimeOffset StartedAt, DateTimeOffset FinishedAt, string Summary);
