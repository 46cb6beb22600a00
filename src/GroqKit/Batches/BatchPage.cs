using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Batches;

/// <summary>Some of the batches, latest first as a rule.</summary>
public sealed record BatchPage : GroqResponse
{
    /// <summary><c>list</c>.</summary>
    public string Object { get; set; } = "list";

    /// <summary>The batches.</summary>
    public IReadOnlyList<Batch> Data
    {
        get;
        set => field = AnswerList.Whole(value) ?? [];
    } = [];

    /// <summary>How to go on; null at the end.</summary>
    public BatchPaging? Paging { get; set; }

    /// <summary>Asks for the next page; null when this is the last.</summary>
    [JsonIgnore]
    public string? NextCursor => Paging?.NextCursor is { Length: > 0 } cursor ? cursor : null;
}
