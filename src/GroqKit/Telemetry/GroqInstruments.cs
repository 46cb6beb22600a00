using System.Diagnostics.Metrics;
using GroqKit.Resilience;

namespace GroqKit.Telemetry;

/// <summary>A client's metrics. Disposing of them ends their gauges.</summary>
internal sealed class GroqInstruments : IDisposable
{
    private static readonly (RateUnit Unit, string Type)[] Types =
    [
        (RateUnit.Requests, "requests"),
        (RateUnit.Tokens, "tokens"),
        (RateUnit.AudioSeconds, "audio_seconds"),
    ];

    private readonly Meter _meter;
    private readonly Counter<long> _requests;
    private readonly Counter<long> _tokens;
    private readonly Counter<long> _retries;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _firstToken;
    private readonly Histogram<double> _outputRate;

    /// <param name="scope">The client, by which a listener can tell clients apart.</param>
    /// <param name="lanes">What the gauges show.</param>
    /// <param name="convention">Whose names the GenAI metrics have.</param>
    public GroqInstruments(object scope, ModelLanes lanes, TelemetryConvention convention)
    {
        _meter = new Meter(new MeterOptions(GenAiNames.Scope) { Version = OwnVersion.Text, Scope = scope });
        _requests = _meter.CreateCounter<long>(GenAiNames.Prometheus.Requests, description: "Calls that ended.");
        _tokens = _meter.CreateCounter<long>(GenAiNames.Prometheus.Tokens, description: "Tokens read and written.");
        _retries = _meter.CreateCounter<long>(
            GenAiNames.Prometheus.Retries,
            description: "Attempts that were repeated."
        );
        _duration = _meter.CreateHistogram(
            GenAiNames.Prometheus.RequestDuration,
            "s",
            "Duration of calls, retries included.",
            advice: Buckets.RequestDuration
        );
        _firstToken = _meter.CreateHistogram(
            GenAiNames.Prometheus.FirstToken,
            "s",
            "Time from the start of a streamed call to its first output.",
            advice: Buckets.FirstToken
        );
        _outputRate = _meter.CreateHistogram(
            GenAiNames.Groq.OutputRateMetric,
            "{token}/s",
            "Tokens of output per second of writing.",
            advice: Buckets.OutputRate
        );
        _meter.CreateObservableGauge(
            GenAiNames.Prometheus.RateLimitRemaining,
            () => Remaining(lanes),
            description: "What is left of the limits that answers report; of several models the least."
        );
        _meter.CreateObservableGauge(
            GenAiNames.Prometheus.CircuitBreakerState,
            () => (int)lanes.WorstCircuit,
            description: "0 closed, 1 open, 2 half-open; of several models the worst."
        );
        var genAi = new List<IInferenceInstruments>();
        if (convention.HasFlag(TelemetryConvention.V141))
            genAi.Add(new InferenceInstruments(_meter));
        if (convention.HasFlag(TelemetryConvention.Next))
            genAi.Add(new NextInferenceInstruments(_meter));
        GenAi = [.. genAi];
    }

    /// <summary>An array, since every call goes through it, and to enumerate anything else would allocate.</summary>
    public IInferenceInstruments[] GenAi { get; }

    /// <summary>Whether anybody listens to what calls are measured with.</summary>
    public bool Enabled
    {
        get
        {
            if (
                _requests.Enabled
                || _tokens.Enabled
                || _retries.Enabled
                || _duration.Enabled
                || _firstToken.Enabled
                || _outputRate.Enabled
            )
            {
                return true;
            }
            foreach (IInferenceInstruments instruments in GenAi)
            {
                if (instruments.Enabled)
                    return true;
            }
            return false;
        }
    }

    public void Retried(string model, string reason) =>
        _retries.Add(
            1,
            new KeyValuePair<string, object?>(GenAiNames.Prometheus.Model, model),
            new KeyValuePair<string, object?>(GenAiNames.Prometheus.Reason, reason)
        );

    public void Ended(string model, string operation, string status, TimeSpan duration, in CallFigures figures)
    {
        var byModel = new KeyValuePair<string, object?>(GenAiNames.Prometheus.Model, model);
        var byOperation = new KeyValuePair<string, object?>(GenAiNames.Prometheus.Operation, operation);
        _requests.Add(1, byModel, byOperation, new KeyValuePair<string, object?>(GenAiNames.Prometheus.Status, status));
        _duration.Record(duration.TotalSeconds, byModel, byOperation);
        if (figures.FirstToken is { } first)
            _firstToken.Record(first.TotalSeconds, byModel);
        if (figures.TokensPerSecond is { } rate)
            _outputRate.Record(rate, new KeyValuePair<string, object?>(GenAiNames.RequestModel, model));
        if (figures.Tokens is not { } tokens)
            return;
        _tokens.Add(tokens.Input, byModel, new KeyValuePair<string, object?>(GenAiNames.Prometheus.Type, "input"));
        if (tokens.Output is { } output)
            _tokens.Add(output, byModel, new KeyValuePair<string, object?>(GenAiNames.Prometheus.Type, "output"));
    }

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<double>> Remaining(ModelLanes lanes)
    {
        foreach (var (unit, type) in Types)
        {
            if (lanes.LeastRemaining(unit) is { } left)
                yield return new(left, new KeyValuePair<string, object?>(GenAiNames.Prometheus.Type, type));
        }
    }
}
