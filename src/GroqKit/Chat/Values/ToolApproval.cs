using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Chat;

/// <summary>Whether calls to a remote server need consent.</summary>
/// <param name="Value">The word on the wire.</param>
[JsonConverter(typeof(StringValueConverter<ToolApproval>))]
public readonly record struct ToolApproval(string Value) : IStringValue<ToolApproval>
{
    private static readonly ToolApproval[] KnownValues = [new("never"), new("always")];

    /// <summary>The default.</summary>
    public static ToolApproval Never => KnownValues[0];

    /// <summary>Every call asks.</summary>
    public static ToolApproval Always => KnownValues[1];

    /// <inheritdoc/>
    public static ReadOnlySpan<ToolApproval> Known => KnownValues;

    /// <inheritdoc/>
    public static ToolApproval Create(string value) => new(value);

    /// <summary>Wraps a word, known or not.</summary>
    /// <param name="value">The word on the wire.</param>
    public static implicit operator ToolApproval(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
