using System.Diagnostics.Metrics;
using GroqKit.Gateway.Services.Cache;

namespace GroqKit.Gateway.Infrastructure.Metrics;

/// <summary>What the cache finds and holds; made once, with the cache.</summary>
internal sealed class CacheMetrics
{
    public CacheMetrics(IMeterFactory meters, TwoLevelCache cache)
    {
        Meter meter = meters.Create(GatewayMetrics.MeterName);
        meter.CreateObservableCounter(
            "groqkit.gateway.cache.lookups",
            () => Lookups(cache.Counts),
            "{lookup}",
            "What was asked of the cache, and where it was found."
        );
        meter.CreateObservableCounter(
            "groqkit.gateway.cache.evicted",
            () => cache.Counts.Evicted,
            "{entry}",
            "Entries dropped for want of room."
        );
        meter.CreateObservableGauge(
            "groqkit.gateway.cache.size",
            () => cache.Memory.Bytes,
            "By",
            "What the cache holds in this process."
        );
    }

    private static IEnumerable<Measurement<long>> Lookups(CacheCounts counts) =>
        [
            new(counts.MemoryHits, new KeyValuePair<string, object?>("found", "memory")),
            new(counts.SharedHits, new KeyValuePair<string, object?>("found", "shared")),
            new(counts.Misses, new KeyValuePair<string, object?>("found", "nowhere")),
        ];
}
