namespace GroqKit.FineTunings;

/// <summary>A fine-tuned model and its making.</summary>
public sealed record FineTuning : GroqResponse
{
    /// <summary>The id of the fine-tuning.</summary>
    public string Id { get; set; } = "";

    /// <summary>What kind of answer this is; Groq names it variously.</summary>
    public string? Object { get; set; }

    /// <summary>The model and what it was made of.</summary>
    public FineTunedModel? Data { get; set; }
}
