using System.Text.Json;
using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Services.Webhooks;

namespace GroqKit.Gateway.Services.Sync;

/// <summary>Tells, at most every quarter of an hour, that half of a tenant's calls or more end with another provider than they began with.</summary>
internal sealed class FallbackTask(
    IConfigurationStore configuration,
    IFallbackStatistics statistics,
    IEventOutbox outbox,
    TimeProvider time
) : ISyncTask
{
    // Fewer are bad luck.
    private const int LeastFallbacks = 20;

    private static readonly TimeSpan Looked = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(15);

    public string Name => "fallbacks";

    public TimeSpan Interval => TimeSpan.FromSeconds(60);

    public async Task<SyncResult> RunAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        StoredConfiguration stored = await configuration.LoadAsync(cancellationToken);
        IReadOnlyDictionary<string, FallbackEvent> found = await statistics.SinceAsync(
            now - Looked,
            stored.Keys.Select(key => key.Tenant).Append(Keys.Tenants.Home).Distinct(StringComparer.Ordinal),
            cancellationToken
        );
        int storms = 0;
        foreach ((string tenant, FallbackEvent calls) in found)
        {
            if (calls.Fallbacks < LeastFallbacks || calls.Fallbacks * 2 < calls.Calls)
                continue;
            storms++;
            string data = JsonSerializer.Serialize(calls, SyncJson.Default.FallbackEvent);
            string slot = $"{now.Ticks / Quiet.Ticks}";
            await outbox.PublishAsync(
                new WebhookEvent(tenant, EventTypes.FallbackStorm, slot, data),
                cancellationToken
            );
        }
        return new SyncResult($"{found.Values.Sum(calls => calls.Fallbacks)} fallbacks, {storms} storms.");
    }
}
