using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Chat;

/// <summary>How much a model thinks. Each model takes a subset: GPT-OSS low, medium and high; Qwen none and default (3.8 all of them).</summary>
/// <param name="Value">The word on the wire.</param>
[JsonConverter(typeof(StringValueConverter<ReasoningEffort>))]
public readonly record struct ReasoningEffort(string Value) : IStringValue<ReasoningEffort>
{
    private static readonly ReasoningEffort[] KnownValues =
    [
        new("none"),
        new("default"),
        new("low"),
        new("medium"),
        new("high"),
    ];

    /// <summary>No thinking.</summary>
    public static ReasoningEffort None => KnownValues[0];

    /// <summary>As the model decides.</summary>
    public static ReasoningEffort Default => KnownValues[1];

    /// <summary>Little.</summary>
    public static ReasoningEffort Low => KnownValues[2];

    /// <summary>The default of GPT-OSS.</summary>
    public static ReasoningEffort Medium => KnownValues[3];

    /// <summary>Much.</summary>
    public static ReasoningEffort High => KnownValues[4];

    /// <inheritdoc/>
    public static ReadOnlySpan<ReasoningEffort> Known => KnownValues;

    /// <inheritdoc/>
    public static ReasoningEffort Create(string value) => new(value);

    /// <summary>Wraps a word, known or not.</summary>
    /// <param name="value">The word on the wire.</param>
    public static implicit operator ReasoningEffort(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
