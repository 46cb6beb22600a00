using GroqKit.Json;

namespace GroqKit.Chat;

/// <summary>What a search found.</summary>
public sealed record SearchResults : GroqObject
{
    /// <summary>Pages.</summary>
    public IReadOnlyList<SearchResult>? Results
    {
        get;
        set => field = AnswerList.Whole(value);
    }

    /// <summary>Addresses of images.</summary>
    public IReadOnlyList<string>? Images
    {
        get;
        set => field = AnswerList.Whole(value);
    }
}
