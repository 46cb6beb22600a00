using GroqKit.Json;

namespace GroqKit.Chat;

/// <summary>What the model said, thought, called and had run for it.</summary>
public sealed record AssistantMessage : GroqObject
{
    /// <summary>Always the assistant.</summary>
    public ChatRole Role { get; set; } = ChatRole.Assistant;

    /// <summary>The text. Null or absent when the turn only calls tools.</summary>
    public string? Content { get; set; }

    /// <summary>The thinking, where it is returned apart.</summary>
    public string? Reasoning { get; set; }

    /// <summary>The channel of GPT-OSS that a streamed part came from; undocumented.</summary>
    public string? Channel { get; set; }

    /// <summary>The calls that the model wants the caller to make. Decide by this list, not by the finish reason.</summary>
    public IReadOnlyList<ToolCall>? ToolCalls
    {
        get;
        set => field = AnswerList.Whole(value);
    }

    /// <summary>The deprecated form of tool calls.</summary>
    public FunctionCall? FunctionCall { get; set; }

    /// <summary>The tools that ran at Groq.</summary>
    public IReadOnlyList<ExecutedTool>? ExecutedTools
    {
        get;
        set => field = AnswerList.Whole(value);
    }

    /// <summary>Citations.</summary>
    public IReadOnlyList<Annotation>? Annotations
    {
        get;
        set => field = AnswerList.Whole(value);
    }

    /// <summary>
    /// This message as a part of the next request: role, content, thinking when asked for, and tool calls. What only an answer may hold is
    /// left out, since Groq refuses it.
    /// </summary>
    /// <param name="includeReasoning">Whether the model shall see its thinking again. Default false.</param>
    public ChatMessage ToMessage(bool includeReasoning = false) =>
        new()
        {
            Role = Role,
            Content =
                Content is null && (ToolCalls is { Count: > 0 } || FunctionCall is not null)
                    ? default(MessageContent?)
                    : (Content ?? ""),
            Reasoning = includeReasoning ? Reasoning : null,
            ToolCalls = ToolCalls is { Count: > 0 } calls ? [.. calls.Select(call => call.ForRequest())] : null,
            FunctionCall = FunctionCall is { } function
                ? new FunctionCall { Name = function.Name, Arguments = function.Arguments }
                : null,
        };

    /// <summary>The same as <see cref="ToMessage"/> without thinking.</summary>
    /// <param name="message">The message.</param>
    public static implicit operator ChatMessage(AssistantMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.ToMessage();
    }
}
