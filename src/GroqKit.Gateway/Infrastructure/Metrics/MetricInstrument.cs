using System.Diagnostics.Metrics;

namespace GroqKit.Gateway.Infrastructure.Metrics;

/// <summary>All series of one instrument. Thread-safe; measuring with known tags allocates nothing.</summary>
internal sealed class MetricInstrument
{
    // Bounds the memory that tags can claim; what comes beyond is counted together.
    private const int MaxSeries = 1000;

    private static readonly KeyValuePair<string, object?>[] Beyond = [new("overflow", "true")];
    private static readonly double[] DefaultBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly Lock _gate = new();
    private readonly double[] _bounds;
    private volatile MetricSeries[] _series = [];

    public MetricInstrument(Instrument instrument)
    {
        Type type = instrument.GetType().GetGenericTypeDefinition();
        IsHistogram = type == typeof(Histogram<>);
        IsCounter = type == typeof(Counter<>) || type == typeof(ObservableCounter<>);
        IsObserved = instrument.IsObservable;
        Adds = IsCounter || type == typeof(UpDownCounter<>);
        Name = MetricNames.Of(instrument.Name, instrument.Unit, IsCounter);
        Help = instrument.Description ?? instrument.Name;
        _bounds = IsHistogram ? BoundsOf(instrument) : [];
    }

    public string Name { get; }

    public string Help { get; }

    public bool IsHistogram { get; }

    public bool IsCounter { get; }

    public IReadOnlyList<MetricSeries> Series => _series;

    private bool IsObserved { get; }

    private bool Adds { get; }

    public void Measure(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        MetricSeries series = Find(tags);
        if (IsHistogram)
            series.Observe(value);
        else if (Adds && !IsObserved)
            series.Add(value);
        else
            series.Set(value);
    }

    private MetricSeries Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (MetricSeries series in _series)
        {
            if (series.Has(tags))
                return series;
        }
        lock (_gate)
        {
            foreach (MetricSeries series in _series)
            {
                if (series.Has(tags))
                    return series;
            }
            if (_series.Length >= MaxSeries)
                tags = Beyond;
            var made = new MetricSeries(tags, _bounds);
            if (_series.Length <= MaxSeries)
                _series = [.. _series, made];
            return _series.Length <= MaxSeries ? made : _series[^1];
        }
    }

    private static double[] BoundsOf(Instrument instrument) =>
        instrument switch
        {
            Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
            Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } =>
            [
                .. bounds.Select(bound => (double)bound),
            ],
            Histogram<int> { Advice.HistogramBucketBoundaries: { } bounds } =>
            [
                .. bounds.Select(bound => (double)bound),
            ],
            _ => DefaultBounds,
        };
}
