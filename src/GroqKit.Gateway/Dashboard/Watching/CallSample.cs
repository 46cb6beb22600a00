using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Dashboard.Watching;

/// <summary>How quick the newest calls of a span were. Sums can't tell percentiles, and all rows would be too many.</summary>
/// <param name="Calls">How many calls it is of.</param>
/// <param name="Total">Up to the end of the answer; null without calls.</param>
/// <param name="FirstToken">Up to the first output; null without any.</param>
/// <param name="TokensPerSecond">The middle of what answers were written with; null without any.</param>
internal sealed record CallSample(
    int Calls,
    LatencyPercentiles? Total,
    LatencyPercentiles? FirstToken,
    double? TokensPerSecond
)
{
    /// <summary>The most calls that are looked at.</summary>
    public const int Most = 500;

    public static async Task<CallSample> TakeAsync(
        IUsageReports reports,
        UsageFilter filter,
        CancellationToken cancelled
    )
    {
        IReadOnlyList<UsageRecord> found = await reports.ListAsync(filter, before: null, Most, cancelled);
        UsageRecord[] calls = [.. found.Where(call => call.Outcome == Outcome.Completed)];
        double[] speeds =
        [
            .. from call in calls
            where call is { Streamed: true, FirstToken: not null } && call.Usage.Completion > 1
            let writing = (call.Duration - call.FirstToken!.Value).TotalSeconds
            where writing > 0
            select call.Usage.Completion / writing,
        ];
        return new CallSample(
            calls.Length,
            LatencyPercentiles.Of([.. calls.Select(call => call.Duration.TotalMilliseconds)]),
            LatencyPercentiles.Of([
                .. calls
                    .Where(call => call.FirstToken is not null)
                    .Select(call => call.FirstToken!.Value.TotalMilliseconds),
            ]),
            LatencyPercentiles.Of(speeds)?.P50
        );
    }
}
