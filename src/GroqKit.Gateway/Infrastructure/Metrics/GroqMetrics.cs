using System.Diagnostics.Metrics;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Resilience;

namespace GroqKit.Gateway.Infrastructure.Metrics;

/// <summary>
/// The seven metrics that dashboards for Groq know, for calls that the gateway forwards; the client library has the same for calls of
/// its own. An attempt that another follows is a retry, whoever is asked next.
/// </summary>
internal sealed class GroqMetrics : IUsageSink
{
    private const string Groq = "groq";
    private const string Simulator = "simulator";

    private static readonly string[] Groqs = [Groq, Simulator];
    private static readonly double[] DurationSeconds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
    private static readonly double[] FirstTokenSeconds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5];

    private readonly Counter<long> _requests;
    private readonly Counter<long> _tokens;
    private readonly Counter<long> _retries;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _firstToken;

    public GroqMetrics(IMeterFactory meters, ProviderTraffic traffic, RateLimitsSeen limits, UpstreamLanes lanes)
    {
        Meter meter = meters.Create(GatewayMetrics.MeterName);
        _requests = meter.CreateCounter<long>("groq_requests_total", description: "Calls to Groq that ended.");
        _tokens = meter.CreateCounter<long>("groq_tokens_total", description: "Tokens read and written.");
        _retries = meter.CreateCounter<long>(
            "groq_retries_total",
            description: "Attempts that failed and were followed by another."
        );
        // On the page from the start, so that a rate over it has a beginning.
        _retries.Add(0);
        _duration = meter.CreateHistogram(
            "groq_request_duration_seconds",
            "s",
            "Duration of calls.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = DurationSeconds }
        );
        _firstToken = meter.CreateHistogram(
            "groq_streaming_first_token_seconds",
            "s",
            "Time from the start of a streamed call to its first output.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = FirstTokenSeconds }
        );
        meter.CreateObservableGauge(
            "groq_rate_limit_remaining",
            () => Remaining(limits),
            description: "What the last answer said is left of the limits."
        );
        meter.CreateObservableGauge(
            "groq_circuit_breaker_state",
            () => CircuitOf(traffic, lanes),
            description: "0 closed, 1 open, 2 half-open; of several models the worst."
        );
    }

    public void Record(in UsageRecord record)
    {
        if (record.Retries is not null)
            CountRetries(in record, record.Retries);
        if (record.Provider is null || record.Cached || record.Provider is not (Groq or Simulator))
            return;
        KeyValuePair<string, object?> model = ModelOf(in record);
        var operation = new KeyValuePair<string, object?>("operation", record.Operation);
        string status = record.Outcome == Outcome.Completed ? "success" : OutcomeNames.Of(record.Outcome);
        _requests.Add(1, model, operation, new KeyValuePair<string, object?>("status", status));
        _duration.Record(record.Duration.TotalSeconds, model, operation);
        if (record is { Streamed: true, FirstToken: { } first })
            _firstToken.Record(first.TotalSeconds, model);
        if (record.Usage.IsEmpty)
            return;
        _tokens.Add(record.Usage.Prompt, model, new KeyValuePair<string, object?>("type", "input"));
        _tokens.Add(record.Usage.Completion, model, new KeyValuePair<string, object?>("type", "output"));
    }

    private void CountRetries(in UsageRecord record, IReadOnlyList<string> reasons)
    {
        foreach (string reason in reasons)
            _retries.Add(1, ModelOf(in record), new KeyValuePair<string, object?>("reason", reason));
    }

    // A name becomes a label only once its provider has accepted it, or callers could invent endless series.
    private static KeyValuePair<string, object?> ModelOf(in UsageRecord record) =>
        new("model", record.Outcome == Outcome.Completed ? record.Model : "_OTHER");

    // Circuits are kept where somebody else could be asked; elsewhere five failures in a row say the same.
    private static int CircuitOf(ProviderTraffic traffic, UpstreamLanes lanes)
    {
        int worst = CircuitGauge.WorstOf(
            lanes.All.OfType<UpstreamLane>().Where(lane => Groqs.Contains(lane.Key.Provider, StringComparer.Ordinal))
        );
        bool failing = worst == (int)CircuitState.Closed && Groqs.Any(name => traffic.Summarize(name).Failing);
        return failing ? (int)CircuitState.Open : worst;
    }

    private static IEnumerable<Measurement<long>> Remaining(RateLimitsSeen limits)
    {
        if (limits.Requests is { } requests)
            yield return new Measurement<long>(requests, new KeyValuePair<string, object?>("type", "requests"));
        if (limits.Tokens is { } tokens)
            yield return new Measurement<long>(tokens, new KeyValuePair<string, object?>("type", "tokens"));
    }
}
