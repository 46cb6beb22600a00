namespace GroqKit.Chat;

/// <summary>Usage by model. Groq sends it as null, with null models, or with a list.</summary>
public sealed record UsageBreakdown : GroqObject
{
    /// <summary>One entry per model.</summary>
    public IReadOnlyList<ModelUsage>? Models { get; set; }
}
