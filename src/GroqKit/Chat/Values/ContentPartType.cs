using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Chat;

/// <summary>What a part of a message holds.</summary>
/// <param name="Value">The word on the wire.</param>
[JsonConverter(typeof(StringValueConverter<ContentPartType>))]
public readonly record struct ContentPartType(string Value) : IStringValue<ContentPartType>
{
    private static readonly ContentPartType[] KnownValues = [new("text"), new("image_url"), new("document")];

    /// <summary>Text.</summary>
    public static ContentPartType Text => KnownValues[0];

    /// <summary>An image, by address or inline.</summary>
    public static ContentPartType ImageUrl => KnownValues[1];

    /// <summary>A JSON document to cite from.</summary>
    public static ContentPartType Document => KnownValues[2];

    /// <inheritdoc/>
    public static ReadOnlySpan<ContentPartType> Known => KnownValues;

    /// <inheritdoc/>
    public static ContentPartType Create(string value) => new(value);

    /// <summary>Wraps a word, known or not.</summary>
    /// <param name="value">The word on the wire.</param>
    public static implicit operator ContentPartType(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
