using System.Collections.Concurrent;

namespace GroqKit.Providers.Health;

/// <summary>All lanes that were ever used. Safe for all threads.</summary>
internal sealed class LaneBoard(LaneOptions options, TimeProvider time) : ILaneSource
{
    // Models may be named by callers: invented names must not fill the memory.
    private const int MaxLanes = 10_000;

    private readonly ConcurrentDictionary<LaneKey, Lane> _lanes = new();

    public IReadOnlyCollection<HealthLane> All => [.. _lanes.Values];

    public Lane Of(IProvider provider, ProviderService service, string model, ProviderConnection connection)
    {
        var key = new LaneKey(provider.Name, service, model, connection.Id);
        // A provider that was configured anew has new clients and a clean record.
        if (_lanes.TryGetValue(key, out Lane? lane) && ReferenceEquals(lane.Provider, provider))
            return lane;
        var fresh = new Lane(key, provider, connection, options, time);
        if (_lanes.Count >= MaxLanes)
            return fresh;
        return _lanes.AddOrUpdate(key, fresh, (_, known) => ReferenceEquals(known.Provider, provider) ? known : fresh);
    }
}
