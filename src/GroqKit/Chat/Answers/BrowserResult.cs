namespace GroqKit.Chat;

/// <summary>What a browser saw.</summary>
public sealed record BrowserResult : GroqObject
{
    /// <summary>The address.</summary>
    public string? Url { get; set; }

    /// <summary>The title.</summary>
    public string? Title { get; set; }

    /// <summary>The text.</summary>
    public string? Content { get; set; }

    /// <summary>Where to watch.</summary>
    public string? LiveViewUrl { get; set; }
}
