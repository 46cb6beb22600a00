using System.Diagnostics;
using System.Diagnostics.Metrics;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Infrastructure.Metrics;

/// <summary>Measures calls for whoever listens to the meter <c>GroqKit.Gateway</c>; costs next to nothing while nobody does.</summary>
internal sealed class GatewayMetrics : IUsageSink
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "GroqKit.Gateway";

    private static readonly double[] CallSeconds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
    private static readonly double[] OverheadSeconds =
    [
        25e-6,
        50e-6,
        100e-6,
        250e-6,
        500e-6,
        1e-3,
        2.5e-3,
        5e-3,
        10e-3,
        50e-3,
    ];

    private readonly Counter<long> _requests;
    private readonly Counter<long> _tokens;
    private readonly Counter<double> _cost;
    private readonly Counter<long> _unpriced;
    private readonly Counter<long> _limited;
    private readonly Counter<long> _repeated;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _firstToken;
    private readonly Histogram<double> _overhead;

    public GatewayMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create(MeterName);
        _requests = meter.CreateCounter<long>("groqkit.gateway.requests", "{request}", "Calls that ended.");
        _tokens = meter.CreateCounter<long>("groqkit.gateway.tokens", "{token}", "Tokens used, estimates included.");
        _cost = meter.CreateCounter<double>(
            "groqkit.gateway.cost",
            "USD",
            "What calls cost, as far as prices are known."
        );
        _unpriced = meter.CreateCounter<long>(
            "groqkit.gateway.unpriced",
            "{request}",
            "Calls whose cost isn't known. Anything but 0 is an alarm: the price of a model is missing."
        );
        _limited = meter.CreateCounter<long>("groqkit.gateway.limited", "{request}", "Calls refused by a limit.");
        _repeated = meter.CreateCounter<long>(
            "groqkit.gateway.answers.repeated",
            "{request}",
            "Calls that were answered from the cache."
        );
        _repeated.Add(0);
        _duration = Seconds(
            meter,
            "groqkit.gateway.request.duration",
            "From the request's headers to the answer's end.",
            CallSeconds
        );
        _firstToken = Seconds(
            meter,
            "groqkit.gateway.first_token.duration",
            "Until the first useful output.",
            CallSeconds
        );
        _overhead = Seconds(
            meter,
            "groqkit.gateway.overhead.duration",
            "The gateway's own part of a call: the whole, less waiting for provider and caller.",
            OverheadSeconds
        );
    }

    public void Record(in UsageRecord record)
    {
        // One set for all: making it costs about as much as a measurement.
        TagList tags = Tags(in record);
        if (record.Cached)
            _repeated.Add(1, in tags);
        if (record.Cost is null)
            _unpriced.Add(1, new KeyValuePair<string, object?>("provider", record.Provider));
        else if (record.Cost > 0)
            _cost.Add((double)record.Cost, in tags);
        if (record is { Outcome: Outcome.Refused, Error: "rate_limit_exceeded" or "insufficient_quota" })
            _limited.Add(1, new KeyValuePair<string, object?>("code", record.Error));
        _duration.Record(record.Duration.TotalSeconds, in tags);
        if (record.FirstToken is { } firstToken)
            _firstToken.Record(firstToken.TotalSeconds, in tags);
        _overhead.Record(
            record.Overhead.TotalSeconds,
            new KeyValuePair<string, object?>("operation", record.Operation)
        );
        if (!record.Usage.IsEmpty)
        {
            Add(_tokens, record.Usage.Prompt, ref tags, "type", "prompt");
            Add(_tokens, record.Usage.Completion, ref tags, "type", "completion");
        }
        Add(_requests, 1, ref tags, "outcome", OutcomeNames.Of(record.Outcome));
    }

    private static void Add(Counter<long> counter, long count, ref TagList tags, string tag, string value)
    {
        tags.Add(tag, value);
        counter.Add(count, in tags);
        tags.RemoveAt(tags.Count - 1);
    }

    // A model's name becomes a label only once a provider has accepted it, or callers could invent endless series.
    private static TagList Tags(in UsageRecord record) =>
        new()
        {
            { "operation", record.Operation },
            { "provider", record.Provider },
            { "model", record.Outcome is Outcome.Completed ? record.Model : null },
        };

    private static Histogram<double> Seconds(Meter meter, string name, string description, double[] bounds) =>
        meter.CreateHistogram(
            name,
            "s",
            description,
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds }
        );
}
