using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Chat;

/// <summary>Where thinking appears in the answer. Excludes <c>include_reasoning</c>; with tools or JSON output <c>raw</c> is refused.</summary>
/// <param name="Value">The word on the wire.</param>
[JsonConverter(typeof(StringValueConverter<ReasoningFormat>))]
public readonly record struct ReasoningFormat(string Value) : IStringValue<ReasoningFormat>
{
    private static readonly ReasoningFormat[] KnownValues = [new("hidden"), new("raw"), new("parsed")];

    /// <summary>Left out; its tokens are still billed.</summary>
    public static ReasoningFormat Hidden => KnownValues[0];

    /// <summary>Within the content, between think tags.</summary>
    public static ReasoningFormat Raw => KnownValues[1];

    /// <summary>In a field of its own.</summary>
    public static ReasoningFormat Parsed => KnownValues[2];

    /// <inheritdoc/>
    public static ReadOnlySpan<ReasoningFormat> Known => KnownValues;

    /// <inheritdoc/>
    public static ReasoningFormat Create(string value) => new(value);

    /// <summary>Wraps a word, known or not.</summary>
    /// <param name="value">The word on the wire.</param>
    public static implicit operator ReasoningFormat(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
