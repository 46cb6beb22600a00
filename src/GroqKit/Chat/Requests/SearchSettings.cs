namespace GroqKit.Chat;

/// <summary>Settings of server-side web search.</summary>
public sealed record SearchSettings
{
    /// <summary>Only these domains; <c>*</c> stands for anything.</summary>
    public IReadOnlyList<string>? IncludeDomains { get; init; }

    /// <summary>Not these domains; <c>*</c> stands for anything.</summary>
    public IReadOnlyList<string>? ExcludeDomains { get; init; }

    /// <summary>Whether to return images.</summary>
    public bool? IncludeImages { get; init; }

    /// <summary>A country to prefer, by its lower-case English name.</summary>
    public string? Country { get; init; }
}
