using GroqKit.Json;

namespace GroqKit.Chat;

/// <summary>New text, thinking, calls or citations.</summary>
public sealed record ChatDelta : GroqObject
{
    /// <summary>Set in the first piece.</summary>
    public ChatRole? Role { get; set; }

    /// <summary>New text.</summary>
    public string? Content { get; set; }

    /// <summary>New thinking.</summary>
    public string? Reasoning { get; set; }

    /// <summary>The channel of GPT-OSS, for example <c>analysis</c>; undocumented.</summary>
    public string? Channel { get; set; }

    /// <summary>Parts of tool calls, to be joined by index. Groq sends each call whole as a rule.</summary>
    public IReadOnlyList<ToolCallDelta>? ToolCalls
    {
        get;
        set => field = AnswerList.Whole(value);
    }

    /// <summary>The deprecated form of tool calls.</summary>
    public FunctionCallDelta? FunctionCall { get; set; }

    /// <summary>Tools at Groq, once before and once after they ran.</summary>
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
}
