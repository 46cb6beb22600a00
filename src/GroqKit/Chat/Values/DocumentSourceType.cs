using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Chat;

/// <summary>The form of a document given for citation.</summary>
/// <param name="Value">The word on the wire.</param>
[JsonConverter(typeof(StringValueConverter<DocumentSourceType>))]
public readonly record struct DocumentSourceType(string Value) : IStringValue<DocumentSourceType>
{
    private static readonly DocumentSourceType[] KnownValues = [new("text"), new("json")];

    /// <summary>Plain text.</summary>
    public static DocumentSourceType Text => KnownValues[0];

    /// <summary>A JSON object.</summary>
    public static DocumentSourceType Json => KnownValues[1];

    /// <inheritdoc/>
    public static ReadOnlySpan<DocumentSourceType> Known => KnownValues;

    /// <inheritdoc/>
    public static DocumentSourceType Create(string value) => new(value);

    /// <summary>Wraps a word, known or not.</summary>
    /// <param name="value">The word on the wire.</param>
    public static implicit operator DocumentSourceType(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
