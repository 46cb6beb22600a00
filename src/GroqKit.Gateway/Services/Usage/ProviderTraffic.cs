using System.Collections.Concurrent;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Snapshots;

namespace GroqKit.Gateway.Services.Usage;

/// <summary>What this process has seen of each provider since it started: the quickest and cheapest sign of health. Thread-safe.</summary>
internal sealed class ProviderTraffic(EnvironmentConfiguration environment) : IUsageSink
{
    // As many failures in a row as open a circuit breaker.
    private const int FailuresToFail = 5;

    private readonly ConcurrentDictionary<string, Totals> _providers = new(StringComparer.Ordinal);

    public void Record(in UsageRecord record)
    {
        if (record is { Provider: not null, Cached: false })
            _providers
                .GetOrAdd(
                    record.Provider,
                    static (name, environment) => new Totals(SamplesOf(name, environment)),
                    environment
                )
                .Add(in record);
    }

    public ProviderTrafficSummary Summarize(string provider) =>
        _providers.TryGetValue(provider, out Totals? totals) ? totals.Summarize() : default;

    // Providers that are stored and not stated have the usual number.
    private static int SamplesOf(string name, EnvironmentConfiguration environment) =>
        environment.Providers.FirstOrDefault(provider => provider.Name == name)?.LatencySamples
        ?? Provider.DefaultLatencySamples;

    private sealed class Totals(int samples)
    {
        private readonly double[] _samples = new double[samples];
        private long _taken;
        private readonly Lock _gate = new();
        private long _calls;
        private int _failuresInARow;
        private TimeSpan? _lastLatency;

        public void Add(in UsageRecord record)
        {
            bool failed =
                record.Outcome
                    is Outcome.Unreachable
                        or Outcome.UpstreamFailed
                        or Outcome.HeadersTimeout
                        or Outcome.IdleTimeout
                || record is { Outcome: Outcome.UpstreamRefused, Status: >= 500 };
            lock (_gate)
            {
                _calls++;
                if (failed)
                {
                    _failuresInARow++;
                }
                else if (record.Outcome is Outcome.Completed or Outcome.UpstreamRefused)
                {
                    _failuresInARow = 0;
                    TimeSpan latency = record.FirstToken ?? record.Duration;
                    _lastLatency = latency;
                    if (_samples.Length > 0)
                        _samples[(int)(_taken++ % _samples.Length)] = latency.TotalMilliseconds;
                }
            }
        }

        public ProviderTrafficSummary Summarize()
        {
            lock (_gate)
                return new ProviderTrafficSummary(
                    _calls,
                    _failuresInARow >= FailuresToFail,
                    _lastLatency,
                    LatencyPercentiles.Of(_samples.AsSpan(0, (int)Math.Min(_taken, _samples.Length)))
                );
        }
    }
}
