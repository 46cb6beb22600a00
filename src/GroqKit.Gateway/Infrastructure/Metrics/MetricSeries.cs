using System.Globalization;
using System.Text;

namespace GroqKit.Gateway.Infrastructure.Metrics;

/// <summary>The figures of one instrument with one set of tags. Thread-safe.</summary>
internal sealed class MetricSeries
{
    private readonly Lock _gate = new();
    private readonly KeyValuePair<string, object?>[] _tags;
    private readonly double[] _bounds;
    private readonly long[] _counts;
    private double _sum;
    private long _count;

    /// <param name="tags">As they were measured with.</param>
    /// <param name="bounds">Inclusive upper bounds of a histogram's buckets; empty for other instruments.</param>
    public MetricSeries(ReadOnlySpan<KeyValuePair<string, object?>> tags, double[] bounds)
    {
        _tags = tags.ToArray();
        _bounds = bounds;
        _counts = new long[bounds.Length];
    }

    public bool Has(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length != _tags.Length)
            return false;
        for (int i = 0; i < tags.Length; i++)
        {
            if (tags[i].Key != _tags[i].Key || !Equals(tags[i].Value, _tags[i].Value))
                return false;
        }
        return true;
    }

    public void Add(double value)
    {
        lock (_gate)
            _sum += value;
    }

    public void Set(double value)
    {
        lock (_gate)
            _sum = value;
    }

    public void Observe(double value)
    {
        int bucket = 0;
        while (bucket < _bounds.Length && value > _bounds[bucket])
            bucket++;
        lock (_gate)
        {
            if (bucket < _counts.Length)
                _counts[bucket]++;
            _count++;
            _sum += value;
        }
    }

    /// <summary>One line.</summary>
    public void WriteValue(StringBuilder text, string name)
    {
        lock (_gate)
            Line(text, name, bound: null, _sum);
    }

    /// <summary>A line for each bucket, each with all below it, then sum and count.</summary>
    public void WriteHistogram(StringBuilder text, string name)
    {
        lock (_gate)
        {
            long below = 0;
            for (int i = 0; i < _bounds.Length; i++)
            {
                below += _counts[i];
                Line(text, name + "_bucket", Text(_bounds[i]), below);
            }
            Line(text, name + "_bucket", "+Inf", _count);
            Line(text, name + "_sum", bound: null, _sum);
            Line(text, name + "_count", bound: null, _count);
        }
    }

    private void Line(StringBuilder text, string name, string? bound, double value)
    {
        text.Append(name);
        char next = '{';
        foreach ((string tag, object? tagged) in _tags)
        {
            text.Append(next).Append(MetricNames.Label(tag)).Append("=\"");
            text.Append(MetricNames.Escape(Convert.ToString(tagged, CultureInfo.InvariantCulture) ?? "")).Append('"');
            next = ',';
        }
        if (bound is not null)
        {
            text.Append(next).Append("le=\"").Append(bound).Append('"');
            next = ',';
        }
        if (next == ',')
            text.Append('}');
        text.Append(' ').Append(Text(value)).Append('\n');
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
