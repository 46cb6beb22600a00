using System.Globalization;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Dashboard.Watching;

/// <summary>Sums of calls over time, divided once more where asked: one look at the database for all that a page shows of them.</summary>
internal sealed class UsageSums
{
    private const int Most = 100_000;

    private readonly Dictionary<DateTimeOffset, UsageSummary> _times;

    private UsageSums(IReadOnlyList<UsageSummary> all)
    {
        Total = Add(all);
        _times = all.GroupBy(sum => Time(sum.Group[0]!)).ToDictionary(group => group.Key, group => Add([.. group]));
        Divided = all is [{ Group.Count: > 1 }, ..]
            ? [.. all.GroupBy(sum => sum.Group[1]).Select(group => (group.Key, Add([.. group])))]
            : [];
    }

    /// <summary>All of them.</summary>
    public UsageSummary Total { get; }

    /// <summary>By what was asked for.</summary>
    public IReadOnlyList<(string? Name, UsageSummary Sum)> Divided { get; }

    public static async Task<UsageSums> TakeAsync(
        IUsageReports reports,
        UsageFilter filter,
        Span span,
        UsageGroup? by = null
    )
    {
        UsageGroup time = span.Group == "day" ? UsageGroup.Day : UsageGroup.Hour;
        IReadOnlyList<UsageGroup> groups = by is { } other ? [time, other] : [time];
        return new UsageSums(await reports.SummarizeAsync(filter, groups, Most, CancellationToken.None));
    }

    /// <summary>
    /// Where the newest calls are, by the sums: whoever looks for a few of many rows needn't look through all of the span. Null where there
    /// are none.
    /// </summary>
    /// <param name="count">How many calls are looked for.</param>
    /// <param name="span">What the sums are of.</param>
    public (DateTimeOffset From, DateTimeOffset To)? NewestOf(int count, Span span)
    {
        KeyValuePair<DateTimeOffset, UsageSummary>[] newest =
        [
            .. _times.Where(time => time.Value.Requests > 0).OrderByDescending(time => time.Key),
        ];
        if (newest.Length == 0)
            return null;
        long found = 0;
        int last = Array.FindIndex(newest, time => (found += time.Value.Requests) >= count);
        return (newest[last < 0 ? ^1 : last].Key, newest[0].Key + span.Step);
    }

    /// <summary>One figure over the whole span; nothing where there were no calls.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Series(
        Span span,
        DateTimeOffset now,
        Func<UsageSummary, double> figure
    ) =>
        [
            .. span.Steps(now)
                .Select(step => new KeyValuePair<string, double>(
                    step.Name,
                    _times.TryGetValue(step.At, out UsageSummary? sum) ? figure(sum) : 0
                )),
        ];

    private static UsageSummary Add(IReadOnlyList<UsageSummary> sums)
    {
        long requests = sums.Sum(sum => sum.Requests);
        UsageSummary[] answered = [.. sums.Where(sum => sum.FirstToken is not null)];
        long firsts = answered.Sum(sum => sum.Requests);
        return new UsageSummary([])
        {
            Requests = requests,
            Refused = sums.Sum(sum => sum.Refused),
            Failed = sums.Sum(sum => sum.Failed),
            Unpriced = sums.Sum(sum => sum.Unpriced),
            Usage = new TokenUsage(
                sums.Sum(sum => sum.Usage.Prompt),
                sums.Sum(sum => sum.Usage.Completion),
                sums.Sum(sum => sum.Usage.Total)
            ),
            AudioSeconds = sums.Sum(sum => sum.AudioSeconds),
            Characters = sums.Sum(sum => sum.Characters),
            Cost = sums.Sum(sum => sum.Cost),
            Latency =
                requests == 0
                    ? TimeSpan.Zero
                    : sums.Aggregate(TimeSpan.Zero, (all, sum) => all + sum.Latency * sum.Requests) / requests,
            FirstToken =
                firsts == 0
                    ? null
                    : answered.Aggregate(TimeSpan.Zero, (all, sum) => all + sum.FirstToken!.Value * sum.Requests)
                        / firsts,
        };
    }

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
