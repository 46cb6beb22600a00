using System.Text.Json;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Services.Webhooks;

namespace GroqKit.Gateway.Services.Sync;

/// <summary>
/// Looks after every provider: by its traffic where there is some, else by asking for its models, which costs nothing. Two trial
/// calls that fail, or traffic that does, make it down; one that works makes it up again.
/// </summary>
internal sealed class HealthTask(
    CurrentSnapshot current,
    ProviderTraffic traffic,
    IProviderProbe probe,
    IHealthStore store,
    IEventOutbox outbox,
    TimeProvider time
) : ISyncTask
{
    private const int FailuresToFail = 2;

    private readonly Dictionary<string, long> _calls = new(StringComparer.Ordinal);

    public string Name => "health";

    public TimeSpan Interval => TimeSpan.FromSeconds(60);

    public async Task<SyncResult> RunAsync(CancellationToken cancellationToken)
    {
        Dictionary<(string, string), ProviderHealth> before = (await store.ListAsync(cancellationToken)).ToDictionary(
            health => (health.Tenant, health.Provider)
        );
        var found = new List<ProviderHealth>();
        var events = new List<WebhookEvent>();
        foreach ((string tenant, Provider provider) in current.Value.Providers)
        {
            ProviderHealth? last = before.GetValueOrDefault((tenant, provider.Name));
            ProviderHealth health = await LookAsync(tenant, provider, last, cancellationToken);
            found.Add(health);
            if (health.IsUp != (last?.IsUp ?? true))
                events.Add(EventOf(health));
        }
        int down = found.Count(health => !health.IsUp);
        return new SyncResult(
            $"{found.Count} providers, {down} down.",
            async (transaction, cancelled) =>
            {
                await store.Replace(found)(transaction, cancelled);
                foreach (WebhookEvent what in events)
                    await outbox.PublishAsync(transaction, what, cancelled);
            }
        );
    }

    private async Task<ProviderHealth> LookAsync(
        string tenant,
        Provider provider,
        ProviderHealth? last,
        CancellationToken cancellationToken
    )
    {
        ProviderTrafficSummary seen = traffic.Summarize(provider.Name);
        bool isNew = _calls.GetValueOrDefault(provider.Name) != seen.Calls;
        _calls[provider.Name] = seen.Calls;
        DateTimeOffset now = time.GetUtcNow();
        if (isNew && seen is { Failing: false, LastLatency: { } latency })
            return Judge(tenant, provider, last, isUp: true, failures: 0, latency.TotalMilliseconds, error: null, now);
        if (isNew && seen.Failing)
            return Judge(
                tenant,
                provider,
                last,
                isUp: false,
                FailuresToFail,
                0,
                "Its calls fail one after the other.",
                now
            );
        ProviderCheck check = await probe.CheckAsync(provider, cancellationToken);
        int failures = check.Ok ? 0 : (last?.Failures ?? 0) + 1;
        bool isUp = check.Ok || (failures < FailuresToFail && last is not { IsUp: false });
        return Judge(tenant, provider, last, isUp, failures, check.LatencyMs, check.Error, now);
    }

    private static ProviderHealth Judge(
        string tenant,
        Provider provider,
        ProviderHealth? last,
        bool isUp,
        int failures,
        double latency,
        string? error,
        DateTimeOffset now
    ) =>
        new(
            tenant,
            provider.Name,
            isUp,
            last is not null && last.IsUp == isUp ? last.Since : now,
            now,
            failures,
            latency,
            error
        );

    private static WebhookEvent EventOf(ProviderHealth health) =>
        new(
            health.Tenant,
            health.IsUp ? EventTypes.ProviderUp : EventTypes.ProviderDown,
            $"{health.Provider}/{health.Since.ToUnixTimeMilliseconds()}",
            JsonSerializer.Serialize(
                new ProviderEvent(health.Provider, health.Since, health.Error),
                SyncJson.Default.ProviderEvent
            )
        );
}
