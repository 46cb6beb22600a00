using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Chat;

/// <summary>The form of the answer.</summary>
/// <param name="Value">The word on the wire.</param>
[JsonConverter(typeof(StringValueConverter<ResponseFormatType>))]
public readonly record struct ResponseFormatType(string Value) : IStringValue<ResponseFormatType>
{
    private static readonly ResponseFormatType[] KnownValues = [new("text"), new("json_object"), new("json_schema")];

    /// <summary>Free text, the default.</summary>
    public static ResponseFormatType Text => KnownValues[0];

    /// <summary>Some JSON object; a message has to ask for it.</summary>
    public static ResponseFormatType JsonObject => KnownValues[1];

    /// <summary>JSON that follows a schema.</summary>
    public static ResponseFormatType JsonSchema => KnownValues[2];

    /// <inheritdoc/>
    public static ReadOnlySpan<ResponseFormatType> Known => KnownValues;

    /// <inheritdoc/>
    public static ResponseFormatType Create(string value) => new(value);

    /// <summary>Wraps a word, known or not.</summary>
    /// <param name="value">The word on the wire.</param>
    public static implicit operator ResponseFormatType(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
