using GroqKit.Json;
using GroqKit.Telemetry;

namespace GroqKit.Embeddings;

/// <summary>The vectors of the texts of a request.</summary>
public sealed record EmbeddingList : GroqResponse
{
    /// <summary><c>list</c>.</summary>
    public string Object { get; set; } = "list";

    /// <summary>The model that made them.</summary>
    public string Model { get; set; } = "";

    /// <summary>A vector for each text, in the order of arrival; <see cref="Embedding.Index"/> names the text.</summary>
    public IReadOnlyList<Embedding> Data
    {
        get;
        set => field = AnswerList.Whole(value) ?? [];
    } = [];

    /// <summary>What was read.</summary>
    public EmbeddingUsage? Usage { get; set; }

    internal override CallFigures Figures =>
        new()
        {
            Tokens = Usage is { } usage ? new TokenCounts(usage.PromptTokens, Output: null) : null,
            ResponseModel = Model is { Length: > 0 } model ? model : null,
        };
}
