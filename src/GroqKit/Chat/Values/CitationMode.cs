using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Chat;

/// <summary>Whether answers cite documents and searches.</summary>
/// <param name="Value">The word on the wire.</param>
[JsonConverter(typeof(StringValueConverter<CitationMode>))]
public readonly record struct CitationMode(string Value) : IStringValue<CitationMode>
{
    private static readonly CitationMode[] KnownValues = [new("enabled"), new("disabled")];

    /// <summary>The default.</summary>
    public static CitationMode Enabled => KnownValues[0];

    /// <summary>No citations.</summary>
    public static CitationMode Disabled => KnownValues[1];

    /// <inheritdoc/>
    public static ReadOnlySpan<CitationMode> Known => KnownValues;

    /// <inheritdoc/>
    public static CitationMode Create(string value) => new(value);

    /// <summary>Wraps a word, known or not.</summary>
    /// <param name="value">The word on the wire.</param>
    public static implicit operator CitationMode(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
