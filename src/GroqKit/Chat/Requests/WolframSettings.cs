namespace GroqKit.Chat;

/// <summary>Access to Wolfram.</summary>
public sealed record WolframSettings
{
    /// <summary>The Wolfram key. A secret.</summary>
    public string? Authorization { get; init; }

    /// <summary>Does not show the key.</summary>
    public override string ToString() => nameof(WolframSettings);
}
