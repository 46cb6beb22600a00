using System.Net.Http.Headers;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Providers;
using GroqKit.Providers.Health;
using GroqKit.Resilience;

namespace GroqKit.Gateway.Services.Forwarding;

/// <summary>The health of one model behind one key of a provider that bytes are forwarded to.</summary>
internal sealed class UpstreamLane(
    LaneKey key,
    ServiceKind service,
    Provider provider,
    ILaneProbe probe,
    LaneOptions options,
    TimeProvider time
) : HealthLane(key, options, time)
{
    private readonly TimeProvider _time = time;
    private Provider _provider = provider;
    private LimitReading? _requests;
    private LimitReading? _tokens;

    public override bool IsEnabled => true;

    /// <summary>As the latest snapshot has it; another key or address is another lane.</summary>
    public Provider Provider
    {
        get => Volatile.Read(ref _provider);
        set => Volatile.Write(ref _provider, value);
    }

    /// <summary>Takes from an answer what is left of the provider's limits.</summary>
    public void Note(HttpResponseHeaders headers)
    {
        long now = _time.GetTimestamp();
        _requests = LimitReading.Find(headers, RateUnit.Requests, now) ?? _requests;
        _tokens = LimitReading.Find(headers, RateUnit.Tokens, now) ?? _tokens;
    }

    public override Task<bool> WorksAsync(CancellationToken cancellationToken) =>
        probe.WorksAsync(Provider, service, Key.Model, cancellationToken);

    protected override ProviderCondition ObserveNow()
    {
        if (_requests is null && _tokens is null)
            return ProviderCondition.Unknown;
        return new ProviderCondition(IsAvailable: true)
        {
            Limits =
            [
                .. new[] { _requests, _tokens }
                    .OfType<LimitReading>()
                    .Select(reading => reading.StateAfter(_time.GetElapsedTime(reading.At))),
            ],
        };
    }
}
