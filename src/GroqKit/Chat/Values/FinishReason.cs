using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Chat;

/// <summary>Why the model stopped.</summary>
/// <param name="Value">The word on the wire.</param>
[JsonConverter(typeof(StringValueConverter<FinishReason>))]
public readonly record struct FinishReason(string Value) : IStringValue<FinishReason>
{
    private static readonly FinishReason[] KnownValues =
    [
        new("stop"),
        new("length"),
        new("tool_calls"),
        new("function_call"),
        new("content_filter"),
    ];

    /// <summary>A natural end or a stop sequence.</summary>
    public static FinishReason Stop => KnownValues[0];

    /// <summary>The token limit was reached; the text is cut.</summary>
    public static FinishReason Length => KnownValues[1];

    /// <summary>The model wants tools to be called. After a turn with remote MCP tools the list of calls may be missing: test the list.</summary>
    public static FinishReason ToolCalls => KnownValues[2];

    /// <summary>The deprecated form of tool_calls.</summary>
    public static FinishReason FunctionCall => KnownValues[3];

    /// <summary>Content was withheld.</summary>
    public static FinishReason ContentFilter => KnownValues[4];

    /// <inheritdoc/>
    public static ReadOnlySpan<FinishReason> Known => KnownValues;

    /// <inheritdoc/>
    public static FinishReason Create(string value) => new(value);

    /// <summary>Wraps a word, known or not.</summary>
    /// <param name="value">The word on the wire.</param>
    public static implicit operator FinishReason(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
