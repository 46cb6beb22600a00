namespace GroqKit.Chat;

/// <summary>What is new in one answer.</summary>
public sealed record ChatChunkChoice : GroqObject
{
    /// <summary>The answer's position.</summary>
    public int Index { get; set; }

    /// <summary>What is new.</summary>
    public ChatDelta Delta
    {
        get => field ??= new();
        set;
    }

    /// <summary>Log probabilities; null in practice.</summary>
    public ChatLogprobs? Logprobs { get; set; }

    /// <summary>Why it ended; set in the last piece.</summary>
    public FinishReason? FinishReason { get; set; }
}
