using GroqKit.Json;

namespace GroqKit.Reranking;

/// <summary>The documents of a request, best first.</summary>
public sealed record Ranking : GroqResponse
{
    /// <summary>Each document with its score, in descending order.</summary>
    public IReadOnlyList<RankedDocument> Results
    {
        get;
        set => field = AnswerList.Whole(value) ?? [];
    } = [];
}
