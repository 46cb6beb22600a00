namespace GroqKit.Chat;

/// <summary>A message of a request. A string converts to a user message.</summary>
public sealed record ChatMessage
{
    /// <summary>Who speaks.</summary>
    public required ChatRole Role { get; init; }

    /// <summary>Text, or a list of parts. May be missing on an assistant's message that calls tools.</summary>
    public MessageContent? Content { get; init; }

    /// <summary>A name of the speaker. Groq documents it as refused: leave it unset except on function messages.</summary>
    public string? Name { get; init; }

    /// <summary>The assistant's thinking, when it is to be shown to the model again.</summary>
    public string? Reasoning { get; init; }

    /// <summary>The tool calls of an assistant's message.</summary>
    public IReadOnlyList<ToolCall>? ToolCalls { get; init; }

    /// <summary>The call that a tool message answers.</summary>
    public string? ToolCallId { get; init; }

    /// <summary>The deprecated form of <see cref="ToolCalls"/>.</summary>
    public FunctionCall? FunctionCall { get; init; }

    /// <summary>Instructions to the model.</summary>
    /// <param name="content">Text, or text parts.</param>
    public static ChatMessage System(MessageContent content) => new() { Role = ChatRole.System, Content = content };

    /// <summary>Instructions to the model, under their newer name.</summary>
    /// <param name="content">Text, or text parts.</param>
    public static ChatMessage Developer(MessageContent content) =>
        new() { Role = ChatRole.Developer, Content = content };

    /// <summary>What the user says.</summary>
    /// <param name="content">Text, or parts.</param>
    public static ChatMessage User(MessageContent content) => new() { Role = ChatRole.User, Content = content };

    /// <summary>What the user says.</summary>
    /// <param name="text">The text.</param>
    public static ChatMessage User(string text) => User(new MessageContent(text));

    /// <summary>What the user says and shows.</summary>
    /// <param name="parts">Text, images and documents.</param>
    public static ChatMessage User(params ContentPart[] parts) => User(new MessageContent(parts));

    /// <summary>What the model said. As the last message of a request it is continued.</summary>
    /// <param name="content">Text; null when the turn only called tools.</param>
    /// <param name="toolCalls">The tools it called.</param>
    public static ChatMessage Assistant(string? content, params ToolCall[] toolCalls) =>
        new()
        {
            Role = ChatRole.Assistant,
            Content = content is null ? null : (MessageContent?)content,
            ToolCalls = toolCalls is { Length: > 0 } ? toolCalls : null,
        };

    /// <summary>The result of a tool call.</summary>
    /// <param name="toolCallId">The id of the call.</param>
    /// <param name="content">The result.</param>
    public static ChatMessage Tool(string toolCallId, MessageContent content) =>
        new()
        {
            Role = ChatRole.Tool,
            ToolCallId = toolCallId,
            Content = content,
        };

    /// <summary>A user message.</summary>
    /// <param name="text">What the user says.</param>
    public static implicit operator ChatMessage(string text) => User(text);
}
