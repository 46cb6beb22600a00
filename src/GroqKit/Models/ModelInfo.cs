using System.Text.Json;
using GroqKit.Json;

namespace GroqKit.Models;

/// <summary>What Groq says about a model.</summary>
public sealed record ModelInfo : GroqResponse
{
    /// <summary>For example <c>openai/gpt-oss-120b</c>.</summary>
    public string Id { get; set; } = "";

    /// <summary><c>model</c>.</summary>
    public string Object { get; set; } = "model";

    /// <summary>When, in Unix seconds.</summary>
    public long Created { get; set; }

    /// <summary>The maker.</summary>
    public string? OwnedBy { get; set; }

    /// <summary>Whether it answers.</summary>
    public bool? Active { get; set; }

    /// <summary>Tokens in and out together.</summary>
    public int? ContextWindow { get; set; }

    /// <summary>Tokens out at most.</summary>
    public int? MaxCompletionTokens { get; set; }

    /// <summary>Null in practice.</summary>
    public JsonElement? PublicApps { get; set; }

    /// <summary>A name for people.</summary>
    public string? Name { get; set; }

    /// <summary><c>text</c>, <c>image</c>, <c>audio</c>.</summary>
    public IReadOnlyList<string>? InputModalities
    {
        get;
        set => field = AnswerList.Whole(value);
    }

    /// <summary><c>text</c>, <c>speech</c>, <c>transcription</c>.</summary>
    public IReadOnlyList<string>? OutputModalities
    {
        get;
        set => field = AnswerList.Whole(value);
    }

    /// <summary><c>tools</c>, <c>json_mode</c>, <c>structured_outputs</c>, <c>reasoning</c>. Not exhaustive.</summary>
    public IReadOnlyList<string>? SupportedFeatures
    {
        get;
        set => field = AnswerList.Whole(value);
    }

    /// <summary>Prices; null when not given.</summary>
    public ModelPricing? Pricing { get; set; }
}
