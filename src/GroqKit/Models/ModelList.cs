using GroqKit.Json;

namespace GroqKit.Models;

/// <summary>The models that the key may call.</summary>
public sealed record ModelList : GroqResponse
{
    /// <summary><c>list</c>.</summary>
    public string Object { get; set; } = "list";

    /// <summary>The models.</summary>
    public IReadOnlyList<ModelInfo> Data
    {
        get;
        set => field = AnswerList.Whole(value) ?? [];
    } = [];
}
