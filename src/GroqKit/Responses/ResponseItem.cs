using System.Text.Json;
using GroqKit.Chat;
using GroqKit.Json;

namespace GroqKit.Responses;

/// <summary>
/// An item of the input or the output: a message, a call, its result, thinking. The items of an answer can go into the next request as they are;
/// members that this version does not know go with them.
/// </summary>
public sealed record ResponseItem : GroqObject
{
    /// <summary>What it is; null stands for a message of an input.</summary>
    public ResponseItemType? Type { get; set; }

    /// <summary>Its id, given by the server.</summary>
    public string? Id { get; set; }

    /// <summary>How far it is.</summary>
    public ResponseStatus? Status { get; set; }

    /// <summary>Message: who speaks.</summary>
    public ChatRole? Role { get; set; }

    /// <summary>Message and thinking: what is said.</summary>
    public ResponseContent? Content { get; set; }

    /// <summary>Thinking: its summaries; empty at Groq.</summary>
    public IReadOnlyList<ResponsePart>? Summary
    {
        get;
        set => field = AnswerList.Whole(value);
    }

    /// <summary>Function: the id that joins a call and its result.</summary>
    public string? CallId { get; set; }

    /// <summary>Call: the tool's name.</summary>
    public string? Name { get; set; }

    /// <summary>Call: the arguments as JSON text, which a model may get wrong.</summary>
    public string? Arguments { get; set; }

    /// <summary>The result of a function or of an MCP call.</summary>
    public string? Output { get; set; }

    /// <summary>MCP: the server.</summary>
    public string? ServerLabel { get; set; }

    /// <summary>MCP: the tools that the server offered.</summary>
    public IReadOnlyList<McpTool>? Tools
    {
        get;
        set => field = AnswerList.Whole(value);
    }

    /// <summary>MCP: why the call or the listing failed, as it came.</summary>
    public JsonElement? Error { get; set; }

    /// <summary>MCP consent: the request that it answers.</summary>
    public string? ApprovalRequestId { get; set; }

    /// <summary>MCP consent: whether the call may be made.</summary>
    public bool? Approve { get; set; }

    /// <summary>What the user says.</summary>
    /// <param name="content">Text, or parts.</param>
    public static ResponseItem User(ResponseContent content) => new() { Role = ChatRole.User, Content = content };

    /// <summary>Instructions to the model.</summary>
    /// <param name="content">Text, or text parts.</param>
    public static ResponseItem System(ResponseContent content) => new() { Role = ChatRole.System, Content = content };

    /// <summary>Instructions to the model, under their newer name.</summary>
    /// <param name="content">Text, or text parts.</param>
    public static ResponseItem Developer(ResponseContent content) =>
        new() { Role = ChatRole.Developer, Content = content };

    /// <summary>What the model said.</summary>
    /// <param name="text">The text.</param>
    public static ResponseItem Assistant(string text) => new() { Role = ChatRole.Assistant, Content = text };

    /// <summary>The result of a function.</summary>
    /// <param name="callId">The call's <see cref="CallId"/>.</param>
    /// <param name="output">The result.</param>
    public static ResponseItem FunctionOutput(string callId, string output) =>
        new()
        {
            Type = ResponseItemType.FunctionCallOutput,
            CallId = callId,
            Output = output,
        };

    /// <summary>Consent to, or refusal of, a call to a remote MCP server.</summary>
    /// <param name="approvalRequestId">The id of the item that asked.</param>
    /// <param name="approve">Whether the call may be made.</param>
    public static ResponseItem Approval(string approvalRequestId, bool approve) =>
        new()
        {
            Type = ResponseItemType.McpApprovalResponse,
            ApprovalRequestId = approvalRequestId,
            Approve = approve,
        };

    /// <summary>What the user says.</summary>
    /// <param name="text">The text.</param>
    public static implicit operator ResponseItem(string text) => User(text);
}
