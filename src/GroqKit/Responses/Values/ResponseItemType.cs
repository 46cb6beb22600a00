using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Responses;

/// <summary>What an item is.</summary>
/// <param name="Value">The word on the wire.</param>
[JsonConverter(typeof(StringValueConverter<ResponseItemType>))]
public readonly record struct ResponseItemType(string Value) : IStringValue<ResponseItemType>
{
    private static readonly ResponseItemType[] KnownValues =
    [
        new("message"),
        new("function_call"),
        new("function_call_output"),
        new("reasoning"),
        new("item_reference"),
        new("mcp_list_tools"),
        new("mcp_call"),
        new("mcp_approval_request"),
        new("mcp_approval_response"),
    ];

    /// <summary>A message of any role.</summary>
    public static ResponseItemType Message => KnownValues[0];

    /// <summary>The model calls a function.</summary>
    public static ResponseItemType FunctionCall => KnownValues[1];

    /// <summary>The result of a function.</summary>
    public static ResponseItemType FunctionCallOutput => KnownValues[2];

    /// <summary>The thinking of the model.</summary>
    public static ResponseItemType Reasoning => KnownValues[3];

    /// <summary>An item by its id; of no use where nothing is stored.</summary>
    public static ResponseItemType ItemReference => KnownValues[4];

    /// <summary>The tools that a remote MCP server offered.</summary>
    public static ResponseItemType McpListTools => KnownValues[5];

    /// <summary>A call to a remote MCP server, with its result.</summary>
    public static ResponseItemType McpCall => KnownValues[6];

    /// <summary>A remote MCP server may only be called with consent.</summary>
    public static ResponseItemType McpApprovalRequest => KnownValues[7];

    /// <summary>Consent to, or refusal of, such a call.</summary>
    public static ResponseItemType McpApprovalResponse => KnownValues[8];

    /// <inheritdoc/>
    public static ReadOnlySpan<ResponseItemType> Known => KnownValues;

    /// <inheritdoc/>
    public static ResponseItemType Create(string value) => new(value);

    /// <summary>Wraps a word, known or not.</summary>
    /// <param name="value">The word on the wire.</param>
    public static implicit operator ResponseItemType(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
