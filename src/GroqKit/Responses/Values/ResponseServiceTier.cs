using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Responses;

/// <summary>How a response is queued and paid. The words differ from those of chat.</summary>
/// <param name="Value">The word on the wire.</param>
[JsonConverter(typeof(StringValueConverter<ResponseServiceTier>))]
public readonly record struct ResponseServiceTier(string Value) : IStringValue<ResponseServiceTier>
{
    private static readonly ResponseServiceTier[] KnownValues = [new("auto"), new("default"), new("flex")];

    /// <summary>The best tier the organisation may use. The default.</summary>
    public static ResponseServiceTier Auto => KnownValues[0];

    /// <summary>The ordinary tier.</summary>
    public static ResponseServiceTier Default => KnownValues[1];

    /// <summary>Ten times the limits, no queue. Paid plans only.</summary>
    public static ResponseServiceTier Flex => KnownValues[2];

    /// <inheritdoc/>
    public static ReadOnlySpan<ResponseServiceTier> Known => KnownValues;

    /// <inheritdoc/>
    public static ResponseServiceTier Create(string value) => new(value);

    /// <summary>Wraps a word, known or not.</summary>
    /// <param name="value">The word on the wire.</param>
    public static implicit operator ResponseServiceTier(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
