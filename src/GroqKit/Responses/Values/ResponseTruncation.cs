using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Responses;

/// <summary>What happens to a context that is too long. Documented as unsupported.</summary>
/// <param name="Value">The word on the wire.</param>
[JsonConverter(typeof(StringValueConverter<ResponseTruncation>))]
public readonly record struct ResponseTruncation(string Value) : IStringValue<ResponseTruncation>
{
    private static readonly ResponseTruncation[] KnownValues = [new("auto"), new("disabled")];

    /// <summary>Items in the middle are dropped.</summary>
    public static ResponseTruncation Auto => KnownValues[0];

    /// <summary>The call fails. The default.</summary>
    public static ResponseTruncation Disabled => KnownValues[1];

    /// <inheritdoc/>
    public static ReadOnlySpan<ResponseTruncation> Known => KnownValues;

    /// <inheritdoc/>
    public static ResponseTruncation Create(string value) => new(value);

    /// <summary>Wraps a word, known or not.</summary>
    /// <param name="value">The word on the wire.</param>
    public static implicit operator ResponseTruncation(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
