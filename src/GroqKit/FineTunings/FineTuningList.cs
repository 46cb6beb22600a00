using GroqKit.Json;

namespace GroqKit.FineTunings;

/// <summary>The fine-tuned models of the organisation.</summary>
public sealed record FineTuningList : GroqResponse
{
    /// <summary><c>list</c>.</summary>
    public string Object { get; set; } = "list";

    /// <summary>The models.</summary>
    public IReadOnlyList<FineTunedModel> Data
    {
        get;
        set => field = AnswerList.Whole(value) ?? [];
    } = [];
}
