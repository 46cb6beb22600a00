using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Embeddings;

/// <summary>How vectors travel. They are read alike.</summary>
/// <param name="Value">The word on the wire.</param>
[JsonConverter(typeof(StringValueConverter<EmbeddingEncoding>))]
public readonly record struct EmbeddingEncoding(string Value) : IStringValue<EmbeddingEncoding>
{
    private static readonly EmbeddingEncoding[] KnownValues = [new("float"), new("base64")];

    /// <summary>An array of numbers. The default.</summary>
    public static EmbeddingEncoding Float => KnownValues[0];

    /// <summary>Little-endian 32-bit numbers in base64: about a third of the size.</summary>
    public static EmbeddingEncoding Base64 => KnownValues[1];

    /// <inheritdoc/>
    public static ReadOnlySpan<EmbeddingEncoding> Known => KnownValues;

    /// <inheritdoc/>
    public static EmbeddingEncoding Create(string value) => new(value);

    /// <summary>Wraps a word, known or not.</summary>
    /// <param name="value">The word on the wire.</param>
    public static implicit operator EmbeddingEncoding(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
