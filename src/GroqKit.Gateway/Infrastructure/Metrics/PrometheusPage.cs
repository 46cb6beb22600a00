using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Infrastructure.Metrics;

/// <summary>
/// Collects the meters of GroqKit, of the runtime and of the server, and writes them as Prometheus reads them (text format 0.0.4).
/// </summary>
internal sealed class PrometheusPage : IMetricsPage, IDisposable
{
    private static readonly string[] Others = ["System.Runtime", "Microsoft.AspNetCore.Server.Kestrel"];

    private readonly ConcurrentDictionary<Instrument, MetricInstrument> _instruments = new();
    private readonly MeterListener _listener = new();

    /// <param name="meters">Who makes this gateway's meters; another gateway in the same process has its own.</param>
    public PrometheusPage(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            Meter meter = instrument.Meter;
            bool ours =
                meter.Name.StartsWith("GroqKit", StringComparison.Ordinal)
                && (meter.Name != GatewayMetrics.MeterName || ReferenceEquals(meter.Scope, meters));
            if (!ours && !Others.Contains(meter.Name, StringComparer.Ordinal))
                return;
            var collected = new MetricInstrument(instrument);
            _instruments[instrument] = collected;
            listener.EnableMeasurementEvents(instrument, collected);
        };
        // A client that is gone takes its gauges along; what it counted stays counted.
        _listener.MeasurementsCompleted = (instrument, _) =>
        {
            if (instrument.IsObservable)
                _instruments.TryRemove(instrument, out MetricInstrument? _);
        };
        Listen<byte>(value => value);
        Listen<short>(value => value);
        Listen<int>(value => value);
        Listen<long>(value => value);
        Listen<float>(value => value);
        Listen<double>(value => value);
        Listen<decimal>(value => (double)value);
        _listener.Start();
    }

    public string Write()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (
            IGrouping<string, MetricInstrument> family in _instruments
                .Values.GroupBy(instrument => instrument.Name)
                .OrderBy(family => family.Key, StringComparer.Ordinal)
        )
            Write(text, family.Key, [.. family]);
        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private static void Write(StringBuilder text, string name, MetricInstrument[] family)
    {
        MetricInstrument first = family[0];
        string type =
            first.IsHistogram ? "histogram"
            : first.IsCounter ? "counter"
            : "gauge";
        text.Append("# HELP ").Append(name).Append(' ').Append(first.Help.ReplaceLineEndings(" ")).Append('\n');
        text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
        foreach (MetricSeries series in family.SelectMany(instrument => instrument.Series))
        {
            if (first.IsHistogram)
                series.WriteHistogram(text, name);
            else
                series.WriteValue(text, name);
        }
    }

    private void Listen<T>(Func<T, double> convert)
        where T : struct =>
        _listener.SetMeasurementEventCallback<T>(
            (_, value, tags, state) => ((MetricInstrument)state!).Measure(convert(value), tags)
        );
}
