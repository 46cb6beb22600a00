using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Responses;

/// <summary>What an event of a stream tells.</summary>
/// <param name="Value">The word on the wire.</param>
[JsonConverter(typeof(StringValueConverter<ResponseEventType>))]
public readonly record struct ResponseEventType(string Value) : IStringValue<ResponseEventType>
{
    private static readonly ResponseEventType[] KnownValues =
    [
        new("response.created"),
        new("response.queued"),
        new("response.in_progress"),
        new("response.completed"),
        new("response.failed"),
        new("response.incomplete"),
        new("response.output_item.added"),
        new("response.output_item.done"),
        new("response.content_part.added"),
        new("response.content_part.done"),
        new("response.output_text.delta"),
        new("response.output_text.done"),
        new("response.output_text.annotation.added"),
        new("response.refusal.delta"),
        new("response.refusal.done"),
        new("response.reasoning_text.delta"),
        new("response.reasoning_text.done"),
        new("response.function_call_arguments.delta"),
        new("response.function_call_arguments.done"),
        new("response.mcp_call_arguments.delta"),
        new("response.mcp_call_arguments.done"),
        new("response.mcp_call.in_progress"),
        new("response.mcp_call.completed"),
        new("response.mcp_call.failed"),
        new("response.mcp_list_tools.in_progress"),
        new("response.mcp_list_tools.completed"),
        new("response.mcp_list_tools.failed"),
    ];

    /// <summary>The response exists.</summary>
    public static ResponseEventType Created => KnownValues[0];

    /// <summary>The response waits. Not at Groq.</summary>
    public static ResponseEventType Queued => KnownValues[1];

    /// <summary>The response is being written.</summary>
    public static ResponseEventType InProgress => KnownValues[2];

    /// <summary>The response is whole; the last event.</summary>
    public static ResponseEventType Completed => KnownValues[3];

    /// <summary>The response broke. Never seen by a reader: the stream raises it.</summary>
    public static ResponseEventType Failed => KnownValues[4];

    /// <summary>The response was cut; the last event.</summary>
    public static ResponseEventType Incomplete => KnownValues[5];

    /// <summary>An item begins.</summary>
    public static ResponseEventType OutputItemAdded => KnownValues[6];

    /// <summary>An item is whole.</summary>
    public static ResponseEventType OutputItemDone => KnownValues[7];

    /// <summary>A part of an item begins.</summary>
    public static ResponseEventType ContentPartAdded => KnownValues[8];

    /// <summary>A part of an item is whole.</summary>
    public static ResponseEventType ContentPartDone => KnownValues[9];

    /// <summary>New text.</summary>
    public static ResponseEventType OutputTextDelta => KnownValues[10];

    /// <summary>The text of a part is whole.</summary>
    public static ResponseEventType OutputTextDone => KnownValues[11];

    /// <summary>A citation.</summary>
    public static ResponseEventType AnnotationAdded => KnownValues[12];

    /// <summary>New text of a refusal.</summary>
    public static ResponseEventType RefusalDelta => KnownValues[13];

    /// <summary>The text of a refusal is whole.</summary>
    public static ResponseEventType RefusalDone => KnownValues[14];

    /// <summary>New thinking.</summary>
    public static ResponseEventType ReasoningTextDelta => KnownValues[15];

    /// <summary>The thinking of a part is whole.</summary>
    public static ResponseEventType ReasoningTextDone => KnownValues[16];

    /// <summary>New arguments of a function.</summary>
    public static ResponseEventType FunctionCallArgumentsDelta => KnownValues[17];

    /// <summary>The arguments of a function are whole.</summary>
    public static ResponseEventType FunctionCallArgumentsDone => KnownValues[18];

    /// <summary>New arguments of an MCP call.</summary>
    public static ResponseEventType McpCallArgumentsDelta => KnownValues[19];

    /// <summary>The arguments of an MCP call are whole.</summary>
    public static ResponseEventType McpCallArgumentsDone => KnownValues[20];

    /// <summary>An MCP call runs.</summary>
    public static ResponseEventType McpCallInProgress => KnownValues[21];

    /// <summary>An MCP call succeeded.</summary>
    public static ResponseEventType McpCallCompleted => KnownValues[22];

    /// <summary>An MCP call failed.</summary>
    public static ResponseEventType McpCallFailed => KnownValues[23];

    /// <summary>The tools of an MCP server are being listed.</summary>
    public static ResponseEventType McpListToolsInProgress => KnownValues[24];

    /// <summary>The tools of an MCP server are listed.</summary>
    public static ResponseEventType McpListToolsCompleted => KnownValues[25];

    /// <summary>The tools of an MCP server could not be listed.</summary>
    public static ResponseEventType McpListToolsFailed => KnownValues[26];

    /// <inheritdoc/>
    public static ReadOnlySpan<ResponseEventType> Known => KnownValues;

    /// <inheritdoc/>
    public static ResponseEventType Create(string value) => new(value);

    /// <summary>Wraps a word, known or not.</summary>
    /// <param name="value">The word on the wire.</param>
    public static implicit operator ResponseEventType(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
