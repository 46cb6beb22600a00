using System.Text.Json;
using GroqKit.Json;

namespace GroqKit.Chat;

/// <summary>A series, point or slice of a chart.</summary>
public sealed record ChartElement : GroqObject
{
    /// <summary>Its name.</summary>
    public string? Label { get; set; }

    /// <summary>Its group.</summary>
    public string? Group { get; set; }

    /// <summary>Its value; a number as a rule.</summary>
    public JsonElement? Value { get; set; }

    /// <summary>Its points; pairs of numbers as a rule.</summary>
    public IReadOnlyList<IReadOnlyList<JsonElement>>? Points
    {
        get;
        set => field = AnswerList.Whole(value);
    }

    /// <summary>A slice's angle.</summary>
    public double? Angle { get; set; }

    /// <summary>A slice's radius.</summary>
    public double? Radius { get; set; }

    /// <summary>The smallest value.</summary>
    public double? Min { get; set; }

    /// <summary>The first quartile.</summary>
    public double? FirstQuartile { get; set; }

    /// <summary>The median.</summary>
    public double? Median { get; set; }

    /// <summary>The third quartile.</summary>
    public double? ThirdQuartile { get; set; }

    /// <summary>The largest value.</summary>
    public double? Max { get; set; }

    /// <summary>Values beyond.</summary>
    public IReadOnlyList<double>? Outliers { get; set; }
}
