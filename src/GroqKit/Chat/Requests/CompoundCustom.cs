namespace GroqKit.Chat;

/// <summary>Models and tools of a Compound system.</summary>
public sealed record CompoundCustom
{
    /// <summary>The models to use.</summary>
    public CompoundModels? Models { get; init; }

    /// <summary>The tools to allow.</summary>
    public CompoundTools? Tools { get; init; }
}
