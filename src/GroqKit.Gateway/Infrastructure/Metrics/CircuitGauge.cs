using System.Diagnostics.Metrics;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Resilience;

namespace GroqKit.Gateway.Infrastructure.Metrics;

/// <summary>The circuits of everything that chains lead to; made once, with them.</summary>
internal sealed class CircuitGauge
{
    public CircuitGauge(IMeterFactory meters, UpstreamLanes lanes) =>
        meters
            .Create(GatewayMetrics.MeterName)
            .CreateObservableGauge(
                "groqkit.gateway.circuit.state",
                () => States(lanes),
                description: "0 closed, 1 open, 2 half-open, of each model in a chain."
            );

    /// <summary>The worst of them, by the numbers that the metric shows: an open circuit is worse than one on trial.</summary>
    public static int WorstOf(IEnumerable<UpstreamLane> lanes)
    {
        var worst = CircuitState.Closed;
        foreach (UpstreamLane lane in lanes)
        {
            CircuitState state = lane.Circuit;
            if (state == CircuitState.Open)
                return (int)state;
            worst = state == CircuitState.HalfOpen ? state : worst;
        }
        return (int)worst;
    }

    // Only what operators have put into chains, so that there are few. The keys of a provider are told apart nowhere.
    private static IEnumerable<Measurement<int>> States(UpstreamLanes lanes) =>
        lanes
            .All.OfType<UpstreamLane>()
            .GroupBy(lane => (lane.Key.Provider, lane.Key.Service, lane.Key.Model))
            .Select(same => new Measurement<int>(
                WorstOf(same),
                new KeyValuePair<string, object?>("provider", same.Key.Provider),
                new KeyValuePair<string, object?>("service", same.Key.Service.ToString()),
                new KeyValuePair<string, object?>("model", same.Key.Model)
            ));
}
