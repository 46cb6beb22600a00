using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Responses;

/// <summary>What a part of an item holds.</summary>
/// <param name="Value">The word on the wire.</param>
[JsonConverter(typeof(StringValueConverter<ResponsePartType>))]
public readonly record struct ResponsePartType(string Value) : IStringValue<ResponsePartType>
{
    private static readonly ResponsePartType[] KnownValues =
    [
        new("input_text"),
        new("input_image"),
        new("output_text"),
        new("reasoning_text"),
        new("summary_text"),
        new("refusal"),
    ];

    /// <summary>Text to the model.</summary>
    public static ResponsePartType InputText => KnownValues[0];

    /// <summary>An image to the model.</summary>
    public static ResponsePartType InputImage => KnownValues[1];

    /// <summary>Text of the model.</summary>
    public static ResponsePartType OutputText => KnownValues[2];

    /// <summary>Thinking of the model.</summary>
    public static ResponsePartType ReasoningText => KnownValues[3];

    /// <summary>A summary of thinking. Not at Groq.</summary>
    public static ResponsePartType SummaryText => KnownValues[4];

    /// <summary>The model declines. Not at Groq.</summary>
    public static ResponsePartType Refusal => KnownValues[5];

    /// <inheritdoc/>
    public static ReadOnlySpan<ResponsePartType> Known => KnownValues;

    /// <inheritdoc/>
    public static ResponsePartType Create(string value) => new(value);

    /// <summary>Wraps a word, known or not.</summary>
    /// <param name="value">The word on the wire.</param>
    public static implicit operator ResponsePartType(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
