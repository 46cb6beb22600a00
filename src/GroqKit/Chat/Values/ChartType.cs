using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Chat;

/// <summary>The kind of chart that code drew.</summary>
/// <param name="Value">The word on the wire.</param>
[JsonConverter(typeof(StringValueConverter<ChartType>))]
public readonly record struct ChartType(string Value) : IStringValue<ChartType>
{
    private static readonly ChartType[] KnownValues =
    [
        new("bar"),
        new("box_and_whisker"),
        new("line"),
        new("pie"),
        new("scatter"),
        new("superchart"),
        new("unknown"),
    ];

    /// <summary>Bars.</summary>
    public static ChartType Bar => KnownValues[0];

    /// <summary>Boxes and whiskers.</summary>
    public static ChartType BoxAndWhisker => KnownValues[1];

    /// <summary>Lines.</summary>
    public static ChartType Line => KnownValues[2];

    /// <summary>A pie.</summary>
    public static ChartType Pie => KnownValues[3];

    /// <summary>Points.</summary>
    public static ChartType Scatter => KnownValues[4];

    /// <summary>Several charts in one.</summary>
    public static ChartType Superchart => KnownValues[5];

    /// <summary>Not recognised by Groq.</summary>
    public static ChartType Unknown => KnownValues[6];

    /// <inheritdoc/>
    public static ReadOnlySpan<ChartType> Known => KnownValues;

    /// <inheritdoc/>
    public static ChartType Create(string value) => new(value);

    /// <summary>Wraps a word, known or not.</summary>
    /// <param name="value">The word on the wire.</param>
    public static implicit operator ChartType(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
