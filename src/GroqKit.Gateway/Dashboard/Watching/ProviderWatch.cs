using System.Collections.Concurrent;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Resilience;

namespace GroqKit.Gateway.Dashboard.Watching;

/// <summary>
/// Looks at providers for whoever watches: by their traffic, the circuits of chains, and a trial call about every second as
/// long as somebody looks, however many do. A page never waits for a trial that takes its time; silence is told as soon as it is long enough. Thread-safe.
/// </summary>
internal sealed class ProviderWatch(
    CurrentSnapshot current,
    ProviderTraffic traffic,
    UpstreamLanes lanes,
    IProviderProbe probe,
    TimeProvider time
)
{
    // Pages look every 800 ms: a provider that refuses shows at the second look, one that says nothing at the fourth, within 3 s.
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(1500);

    private readonly ConcurrentDictionary<string, Watched> _watched = new(StringComparer.Ordinal);

    /// <summary>The providers that serve a tenant, as they are now.</summary>
    public async Task<IReadOnlyList<ProviderState>> LookAsync(string tenant, CancellationToken cancelled)
    {
        Provider[] providers =
        [
            .. current.Value[tenant].Own.OrderBy(provider => provider.Name, StringComparer.Ordinal),
        ];
        Task[] trials = [.. providers.Select(Try)];
        await Task.WhenAny(Task.WhenAll(trials), Task.Delay(Patience, time, cancelled));
        return [.. providers.Select(Judge)];
    }

    // Of one provider at one address with one key; another is looked at anew.
    private Watched Of(Provider provider) =>
        _watched.GetOrAdd($"{provider.Name} {provider.Connection}", _ => new Watched());

    private Task Try(Provider provider)
    {
        Watched watched = Of(provider);
        lock (watched)
        {
            if (watched.Running is { IsCompleted: false } running)
                return running;
            if (watched.TriedAt is { } at && time.GetElapsedTime(at) < Fresh)
                return Task.CompletedTask;
            watched.TriedAt = time.GetTimestamp();
            return watched.Running = TryAsync(provider, watched);
        }
    }

    private async Task TryAsync(Provider provider, Watched watched)
    {
        using var deadline = new CancellationTokenSource(Deadline, time);
        try
        {
            watched.Check = await probe.CheckAsync(provider, deadline.Token);
        }
        catch (OperationCanceledException)
        {
            watched.Check = new ProviderCheck(false, null, "It doesn't answer.", Deadline.TotalMilliseconds, null);
        }
    }

    private ProviderState Judge(Provider provider)
    {
        Watched watched = Of(provider);
        ProviderTrafficSummary seen = traffic.Summarize(provider.Name);
        UpstreamLane[] own =
        [
            .. lanes
                .All.OfType<UpstreamLane>()
                .Where(lane => lane.Key.Provider == provider.Name && lane.Provider.Connection == provider.Connection),
        ];
        (string kind, string? reason) = KindOf(provider, watched.Check, seen, own);
        DateTimeOffset since;
        lock (watched)
        {
            if (watched.Kind != kind)
            {
                watched.Kind = kind;
                watched.Since = time.GetUtcNow();
            }
            since = watched.Since;
        }
        double? latency =
            seen.LastLatency?.TotalMilliseconds ?? (watched.Check is { Ok: true } check ? check.LatencyMs : null);
        RateLimitState[] limits = [.. own.SelectMany(lane => lane.Observe().Limits)];
        return new ProviderState(provider, kind, reason, since, latency, limits);
    }

    private static (string Kind, string? Reason) KindOf(
        Provider provider,
        ProviderCheck? check,
        ProviderTrafficSummary seen,
        UpstreamLane[] lanes
    )
    {
        if (provider.Share == 0)
            return (ProviderStates.Off, "Switched off by an operator.");
        if (check is { Ok: false })
            return (ProviderStates.Down, check.Error);
        string[] closed = [.. lanes.Select(WhyClosed).OfType<string>()];
        if (seen.Failing)
            return (ProviderStates.Down, closed.Length > 0 ? closed[0] : "Its calls fail one after the other.");
        return closed.Length == 0 ? (ProviderStates.Up, null)
            : closed.Length == lanes.Length ? (ProviderStates.Down, closed[0])
            : (ProviderStates.Partly, closed[0]);
    }

    private static string? WhyClosed(UpstreamLane lane) =>
        lane.FindRefusal() is { } refusal
            ? $"{lane.Key.Model}: {refusal.Reason}{(lane.LastError is { } error ? $" ({error.Message})" : "")}"
            : null;

    private sealed class Watched
    {
        public long? TriedAt { get; set; }

        public Task? Running { get; set; }

        public ProviderCheck? Check { get; set; }

        public string? Kind { get; set; }

        public DateTimeOffset Since { get; set; }
    }
}
