namespace GroqKit.Chat;

/// <summary>One answer of a completion.</summary>
public sealed record ChatChoice : GroqObject
{
    /// <summary>Its position, from 0.</summary>
    public int Index { get; set; }

    /// <summary>What the model said.</summary>
    public AssistantMessage Message
    {
        get => field ??= new();
        set;
    }

    /// <summary>Log probabilities; null in practice.</summary>
    public ChatLogprobs? Logprobs { get; set; }

    /// <summary>Why it ended.</summary>
    public FinishReason? FinishReason { get; set; }
}
