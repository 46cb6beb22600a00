using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Audio;

/// <summary>What gets timestamps.</summary>
/// <param name="Value">The word on the wire.</param>
[JsonConverter(typeof(StringValueConverter<TimestampGranularity>))]
public readonly record struct TimestampGranularity(string Value) : IStringValue<TimestampGranularity>
{
    private static readonly TimestampGranularity[] KnownValues = [new("segment"), new("word")];

    /// <summary>Phrases, at no cost in time. The default.</summary>
    public static TimestampGranularity Segment => KnownValues[0];

    /// <summary>Single words, which takes longer.</summary>
    public static TimestampGranularity Word => KnownValues[1];

    /// <inheritdoc/>
    public static ReadOnlySpan<TimestampGranularity> Known => KnownValues;

    /// <inheritdoc/>
    public static TimestampGranularity Create(string value) => new(value);

    /// <summary>Wraps a word, known or not.</summary>
    /// <param name="value">The word on the wire.</param>
    public static implicit operator TimestampGranularity(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
