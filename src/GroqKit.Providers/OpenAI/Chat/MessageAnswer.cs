namespace GroqKit.Providers.OpenAI.Chat;

/// <summary>What the model said, or a piece of it.</summary>
internal sealed record MessageAnswer
{
    public string? Role { get; init; }

    public string? Content { get; init; }

    public string? Refusal { get; init; }

    /// <summary>Thinking, as Groq and most gateways name it.</summary>
    public string? Reasoning { get; init; }

    /// <summary>Thinking, as most local servers name it.</summary>
    public string? ReasoningContent { get; init; }

    public IReadOnlyList<ToolCallAnswer>? ToolCalls { get; init; }

    public IReadOnlyList<AnnotationAnswer>? Annotations { get; init; }
}
