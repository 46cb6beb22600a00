namespace GroqKit.Chat;

/// <summary>The models of a Compound system.</summary>
public sealed record CompoundModels
{
    /// <summary>The model that plans.</summary>
    public string? ReasoningModel { get; init; }

    /// <summary>The model that answers.</summary>
    public string? AnsweringModel { get; init; }
}
