using System.Collections.Concurrent;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Providers;
using GroqKit.Providers.Health;

namespace GroqKit.Gateway.Services.Forwarding;

/// <summary>
/// The health of everything that chains lead to. Only those: where nobody else could be asked, health would decide nothing. Safe for all
/// threads.
/// </summary>
internal sealed class UpstreamLanes(LaneOptions options, ILaneProbe probe, TimeProvider time) : ILaneSource
{
    private readonly ConcurrentDictionary<LaneKey, UpstreamLane> _lanes = new();

    public IReadOnlyCollection<HealthLane> All => [.. _lanes.Values];

    public UpstreamLane Of(Provider provider, ServiceKind service, string model)
    {
        var key = new LaneKey(provider.Name, ServiceOf(service), model, provider.Connection);
        if (_lanes.TryGetValue(key, out UpstreamLane? lane))
        {
            if (!ReferenceEquals(lane.Provider, provider))
                lane.Provider = provider;
            return lane;
        }
        return _lanes.GetOrAdd(key, new UpstreamLane(key, service, provider, probe, options, time));
    }

    private static ProviderService ServiceOf(ServiceKind service) =>
        service switch
        {
            ServiceKind.Llm => ProviderService.Llm,
            ServiceKind.Stt => ProviderService.SpeechToText,
            _ => ProviderService.TextToSpeech,
        };
}
