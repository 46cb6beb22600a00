namespace GroqKit.Gateway.Services.Sync;

/// <summary>A background task as the admin API shows it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IntervalSeconds">From the end of one run to the beginning of the next.</param>
/// <param name="State">waiting, running, or unscheduled where no node runs it.</param>
/// <param name="NextAt">When it runs next.</param>
/// <param name="Worker">Who runs it now.</param>
/// <param name="LastError">Why the last run failed; null when it didn't.</param>
/// <param name="LastRunAt">When it last succeeded.</param>
/// <param name="LastRunMs">How long that took.</param>
/// <param name="LastSummary">What it did.</param>
/// <param name="Runs">How often it has succeeded.</param>
internal sealed record SyncView(
    string Name,
    double IntervalSeconds,
    string State,
    DateTimeOffset? NextAt,
    string? Worker,
    string? LastError,
    DateTimeOffset? LastRunAt,
    double? LastRunMs,
    string? LastSummary,
    long Runs
);
