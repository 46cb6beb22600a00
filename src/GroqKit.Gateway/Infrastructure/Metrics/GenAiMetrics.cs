using System.Diagnostics;
using System.Diagnostics.Metrics;
using GroqKit.Gateway.Infrastructure.Telemetry;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Infrastructure.Metrics;

/// <summary>What OpenTelemetry's GenAI conventions measure at a model's server, which the gateway is to its callers.</summary>
internal sealed class GenAiMetrics : IUsageSink
{
    private static readonly double[] RequestSeconds =
    [
        0.01,
        0.02,
        0.04,
        0.08,
        0.16,
        0.32,
        0.64,
        1.28,
        2.56,
        5.12,
        10.24,
        20.48,
        40.96,
        81.92,
    ];
    private static readonly double[] FirstTokenSeconds =
    [
        0.001,
        0.005,
        0.01,
        0.02,
        0.04,
        0.06,
        0.08,
        0.1,
        0.25,
        0.5,
        0.75,
        1.0,
        2.5,
        5.0,
        7.5,
        10.0,
    ];
    private static readonly double[] PerTokenSeconds =
    [
        0.01,
        0.025,
        0.05,
        0.075,
        0.1,
        0.15,
        0.2,
        0.3,
        0.4,
        0.5,
        0.75,
        1.0,
        2.5,
    ];

    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _firstToken;
    private readonly Histogram<double> _perToken;

    public GenAiMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create(GatewayMetrics.MeterName);
        _duration = Seconds(meter, "gen_ai.server.request.duration", "To the last byte or token.", RequestSeconds);
        _firstToken = Seconds(
            meter,
            "gen_ai.server.time_to_first_token",
            "To the first token, of calls that worked.",
            FirstTokenSeconds
        );
        _perToken = Seconds(
            meter,
            "gen_ai.server.time_per_output_token",
            "For each token after the first, of streams that worked.",
            PerTokenSeconds
        );
    }

    public void Record(in UsageRecord record)
    {
        if (record.Provider is null || record.Cached || !_duration.Enabled)
            return;
        bool completed = record.Outcome == Outcome.Completed;
        var tags = new TagList
        {
            { SpanNames.OperationName, SpanNames.OperationOf(record.Operation) },
            { SpanNames.ProviderName, record.Provider },
            // A name becomes a label only once a provider has accepted it, or callers could invent endless series.
            { SpanNames.RequestModel, completed ? record.Model : "_OTHER" },
        };
        if (completed && record is { Streamed: true, FirstToken: { } first })
        {
            _firstToken.Record(first.TotalSeconds, in tags);
            if (record.Usage.Completion > 1)
                _perToken.Record((record.Duration - first).TotalSeconds / (record.Usage.Completion - 1), in tags);
        }
        if (!completed)
            tags.Add(SpanNames.ErrorType, OutcomeNames.Of(record.Outcome));
        _duration.Record(record.Duration.TotalSeconds, in tags);
    }

    private static Histogram<double> Seconds(Meter meter, string name, string description, double[] bounds) =>
        meter.CreateHistogram(
            name,
            "s",
            description,
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds }
        );
}
