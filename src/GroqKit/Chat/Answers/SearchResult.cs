namespace GroqKit.Chat;

/// <summary>A page that a search found.</summary>
public sealed record SearchResult : GroqObject
{
    /// <summary>Its title.</summary>
    public string? Title { get; set; }

    /// <summary>Its address.</summary>
    public string? Url { get; set; }

    /// <summary>An excerpt.</summary>
    public string? Content { get; set; }

    /// <summary>How well it fits, 0 to 1.</summary>
    public double? Score { get; set; }
}
