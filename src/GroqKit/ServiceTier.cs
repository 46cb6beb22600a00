using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit;

/// <summary>How a call is queued and paid. Groq's names differ from OpenAI's.</summary>
/// <param name="Value">The word on the wire.</param>
[JsonConverter(typeof(StringValueConverter<ServiceTier>))]
public readonly record struct ServiceTier(string Value) : IStringValue<ServiceTier>
{
    private static readonly ServiceTier[] KnownValues =
    [
        new("auto"),
        new("on_demand"),
        new("flex"),
        new("performance"),
    ];

    /// <summary>The best tier the organisation may use right now. Paid plans only.</summary>
    public static ServiceTier Auto => KnownValues[0];

    /// <summary>The default.</summary>
    public static ServiceTier OnDemand => KnownValues[1];

    /// <summary>Ten times the limits, no queue: a shortage answers 498 at once. Paid plans only.</summary>
    public static ServiceTier Flex => KnownValues[2];

    /// <summary>Provisioned throughput. Enterprise only.</summary>
    public static ServiceTier Performance => KnownValues[3];

    /// <inheritdoc/>
    public static ReadOnlySpan<ServiceTier> Known => KnownValues;

    /// <inheritdoc/>
    public static ServiceTier Create(string value) => new(value);

    /// <summary>Wraps a word, known or not.</summary>
    /// <param name="value">The word on the wire.</param>
    public static implicit operator ServiceTier(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
