using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;
using GroqKit.Telemetry;

namespace GroqKit.Tests.Telemetry;

/// <summary>
/// Hears everything that clients made after it tell through .NET's activities and meters. Listeners hear the whole process, so whoever uses it must
/// run alone. Checks each name against the constants.
/// </summary>
internal sealed class TelemetryRecorder : IDisposable
{
    private static readonly HashSet<string> KnownNames = [.. Constants(typeof(GenAiNames))];

    private readonly Lock _gate = new();
    private readonly List<Activity> _spans = [];
    private readonly List<Measurement> _measurements = [];
    private readonly List<Instrument> _instruments = [];
    private readonly ActivityListener? _activities;
    private readonly MeterListener _meters = new();
    private readonly bool _isReady;

    /// <param name="spans">Whether spans are asked for; else only metrics.</param>
    /// <param name="metrics">Whether metrics are asked for; else only spans.</param>
    public TelemetryRecorder(bool spans = true, bool metrics = true)
    {
        if (spans)
        {
            _activities = new ActivityListener
            {
                ShouldListenTo = source => source.Name is GenAiNames.Scope or "System.Net.Http" or TestSource,
                Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = Add,
            };
            ActivitySource.AddActivityListener(_activities);
        }
        if (!metrics)
            return;
        _meters.InstrumentPublished = Publish;
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _meters.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _meters.Start();
        // What is published up to here belongs to clients of other tests.
        _isReady = true;
    }

    /// <summary>A source of spans that stand for a caller's own.</summary>
    public const string TestSource = "GroqKit.Tests";

    public static ActivitySource Caller { get; } = new(TestSource);

    public IReadOnlyList<Activity> Spans
    {
        get
        {
            lock (_gate)
                return [.. _spans.Where(span => span.Source.Name == GenAiNames.Scope)];
        }
    }

    public IReadOnlyList<Activity> HttpSpans
    {
        get
        {
            lock (_gate)
                return [.. _spans.Where(span => span.Source.Name == "System.Net.Http")];
        }
    }

    public IReadOnlyList<Instrument> Instruments
    {
        get
        {
            lock (_gate)
                return [.. _instruments];
        }
    }

    public IReadOnlyList<Measurement> Measurements
    {
        get
        {
            lock (_gate)
                return [.. _measurements];
        }
    }

    public Activity Span => Spans.ShouldHaveSingleItem();

    /// <summary>The measurements of one instrument.</summary>
    public IReadOnlyList<Measurement> Of(string instrument) =>
        [.. Measurements.Where(measurement => measurement.Instrument == instrument)];

    /// <summary>The value of one instrument that was measured once with these tags, among others.</summary>
    public double Value(string instrument, params (string Name, string Value)[] tags) =>
        Of(instrument)
            .Where(each => tags.All(tag => each.Tags.GetValueOrDefault(tag.Name) as string == tag.Value))
            .ShouldHaveSingleItem()
            .Value;

    /// <summary>Asks the gauges for their values.</summary>
    public void ReadGauges()
    {
        lock (_gate)
            _measurements.RemoveAll(each => each.IsGauge);
        _meters.RecordObservableInstruments();
    }

    public void Dispose()
    {
        _activities?.Dispose();
        _meters.Dispose();
    }

    private static IEnumerable<string> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (string)field.GetRawConstantValue()!)
            .Concat(type.GetNestedTypes().SelectMany(Constants));

    private void Publish(Instrument instrument, MeterListener listener)
    {
        if (!_isReady || instrument.Meter.Name != GenAiNames.Scope)
            return;
        KnownNames.ShouldContain(instrument.Name);
        lock (_gate)
            _instruments.Add(instrument);
        listener.EnableMeasurementEvents(instrument);
    }

    private void Add(Activity span)
    {
        if (span.Source.Name == GenAiNames.Scope)
        {
            foreach (var tag in span.TagObjects)
                KnownNames.ShouldContain(tag.Key);
        }
        lock (_gate)
            _spans.Add(span);
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var kept = new SortedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, tag) in tags)
        {
            KnownNames.ShouldContain(name);
            kept.Add(name, tag);
        }
        lock (_gate)
            _measurements.Add(new(instrument.Name, value, kept, instrument.IsObservable));
    }
}
