using System.Text.Json.Serialization;

namespace GroqKit.FineTunings;

/// <summary>A fine-tuned model and what it was made of.</summary>
public sealed record FineTunedModel : GroqObject
{
    /// <summary>The id of the fine-tuning.</summary>
    public string Id { get; set; } = "";

    /// <summary>The name it was given.</summary>
    public string? Name { get; set; }

    /// <summary>The model that it was trained on.</summary>
    public string? BaseModel { get; set; }

    /// <summary><c>lora</c>.</summary>
    public string? Type { get; set; }

    /// <summary>The uploaded adapter.</summary>
    public string? InputFileId { get; set; }

    /// <summary>When, in Unix seconds, possibly with a fraction.</summary>
    public double? CreatedAt { get; set; }

    /// <summary>The id to use as a request's model, such as <c>ft:…</c>.</summary>
    [JsonPropertyName("fine_tuned_model")]
    public string? Model { get; set; }
}
