using GroqKit.Gateway.Infrastructure.Usage;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Bench.Gateway.Reports;

/// <summary>How long the summary of each day takes, in several shapes.</summary>
internal sealed class SummaryTimes(UsageReports reports, TimeProvider time)
{
    private const int Times = 3;

    // Days that begin inside an hour need the rows at both edges.
    private static readonly TimeSpan Earlier = new(6, 13, 0);

    private static readonly (string Name, UsageGroup[] Groups, TimeSpan Before)[] Shapes =
    [
        ("a day", [], TimeSpan.Zero),
        ("a day from 17:47 on", [], Earlier),
        ("by hour", [UsageGroup.Hour], TimeSpan.Zero),
        ("by agent and model", [UsageGroup.Agent, UsageGroup.Model], TimeSpan.Zero),
        ("by key, from 17:47 on", [UsageGroup.Key], Earlier),
    ];

    /// <param name="end">The end of the last day.</param>
    /// <param name="days">How many days.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>For each shape the median and the worst of all days, in milliseconds; of each day the second of three tries.</returns>
    public async Task<IReadOnlyList<(string Name, double Median, double Worst)>> MeasureAsync(
        DateTimeOffset end,
        int days,
        CancellationToken cancellationToken
    )
    {
        var times = new List<(string, double, double)>();
        foreach ((string name, UsageGroup[] groups, TimeSpan before) in Shapes)
        {
            var all = new List<double>();
            double[] tries = new double[Times];
            for (int day = days; day > 0; day--)
            {
                DateTimeOffset from = end.AddDays(-day) - before;
                var filter = new UsageFilter
                {
                    Tenant = ManyAccounts.Tenant,
                    From = from,
                    To = from.AddDays(1),
                };
                for (int i = 0; i < Times; i++)
                {
                    long start = time.GetTimestamp();
                    await reports.SummarizeAsync(filter, groups, 10_000, cancellationToken);
                    tries[i] = time.GetElapsedTime(start).TotalMilliseconds;
                }
                Array.Sort(tries);
                all.Add(tries[Times / 2]);
            }
            all.Sort();
            times.Add((name, all[all.Count / 2], all[^1]));
        }
        return times;
    }
}
