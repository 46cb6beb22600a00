using GroqKit.Providers.Health;

namespace GroqKit.Providers.Fallback;

/// <summary>A chain for one service, with the lanes of its keys and addresses: looked up at the first call, then kept. Safe for all threads.</summary>
internal sealed class FallbackChain(LaneBoard board, ProviderService service, FallbackTarget[] targets)
{
    public IReadOnlyList<FallbackTarget> Targets => targets;

    /// <summary>For each target the lanes of its connections.</summary>
    public Lane[][] Lanes => field ??= [.. targets.Select(LanesOf)];

    private Lane[] LanesOf(FallbackTarget target) =>
        [
            .. target.Provider.Connections.Select(connection =>
                board.Of(target.Provider, service, target.Model, connection)
            ),
        ];
}
