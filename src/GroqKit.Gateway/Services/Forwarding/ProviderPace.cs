using System.Collections.Concurrent;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Services.Forwarding;

/// <summary>Holds this node's calls to each provider to the operator's own bound. Thread-safe.</summary>
internal sealed class ProviderPace(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, SlidingCounter> _counters = new(StringComparer.Ordinal);

    /// <summary>Takes one call; nothing where the provider has no bound.</summary>
    /// <exception cref="GatewayException">The provider has had its calls for now; another one may not have.</exception>
    public ValueTask TakeAsync(Provider provider) =>
        provider.RequestsPerMinute is { } bound ? TakeAsync(provider, bound) : ValueTask.CompletedTask;

    private async ValueTask TakeAsync(Provider provider, int bound)
    {
        SlidingCounter counter = _counters.GetOrAdd(provider.Name, static (_, time) => new SlidingCounter(time), time);
        LimitTake take = await counter.TakeAsync(1, bound, CancellationToken.None);
        if (!take.Granted)
            throw UpstreamErrors.Paced(provider.Name, bound, take.RetryAfter);
    }
}
