namespace GroqKit.Chat;

/// <summary>What else a stream should carry.</summary>
public sealed record StreamOptions
{
    /// <summary>One more chunk with usage and no choices before the end.</summary>
    public bool? IncludeUsage { get; init; }
}
