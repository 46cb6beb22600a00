using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Chat;

/// <summary>How closely a model looks at an image.</summary>
/// <param name="Value">The word on the wire.</param>
[JsonConverter(typeof(StringValueConverter<ImageDetail>))]
public readonly record struct ImageDetail(string Value) : IStringValue<ImageDetail>
{
    private static readonly ImageDetail[] KnownValues = [new("auto"), new("low"), new("high")];

    /// <summary>The default.</summary>
    public static ImageDetail Auto => KnownValues[0];

    /// <summary>Cheap and coarse.</summary>
    public static ImageDetail Low => KnownValues[1];

    /// <summary>Costly and fine.</summary>
    public static ImageDetail High => KnownValues[2];

    /// <inheritdoc/>
    public static ReadOnlySpan<ImageDetail> Known => KnownValues;

    /// <inheritdoc/>
    public static ImageDetail Create(string value) => new(value);

    /// <summary>Wraps a word, known or not.</summary>
    /// <param name="value">The word on the wire.</param>
    public static implicit operator ImageDetail(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
