using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Chat;

/// <summary>What an annotation cites.</summary>
/// <param name="Value">The word on the wire.</param>
[JsonConverter(typeof(StringValueConverter<AnnotationType>))]
public readonly record struct AnnotationType(string Value) : IStringValue<AnnotationType>
{
    private static readonly AnnotationType[] KnownValues = [new("document_citation"), new("function_citation")];

    /// <summary>A document of the request.</summary>
    public static AnnotationType DocumentCitation => KnownValues[0];

    /// <summary>The result of a tool call.</summary>
    public static AnnotationType FunctionCitation => KnownValues[1];

    /// <inheritdoc/>
    public static ReadOnlySpan<AnnotationType> Known => KnownValues;

    /// <inheritdoc/>
    public static AnnotationType Create(string value) => new(value);

    /// <summary>Wraps a word, known or not.</summary>
    /// <param name="value">The word on the wire.</param>
    public static implicit operator AnnotationType(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
