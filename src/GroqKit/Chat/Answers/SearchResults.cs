namespace GroqKit.Chat;

/// <summary>What a search found.</summary>
public sealed record SearchResults : GroqObject
{
    /// <summary>Pages.</summary>
    public IReadOnlyList<SearchResult>? Results { get; set; }

    /// <summary>Addresses of images.</summary>
    public IReadOnlyList<string>? Images { get; set; }
}
