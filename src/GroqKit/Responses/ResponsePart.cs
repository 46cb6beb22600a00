using System.Text.Json;
using GroqKit.Chat;
using GroqKit.Json;

namespace GroqKit.Responses;

/// <summary>A part of an item.</summary>
public sealed record ResponsePart : GroqObject
{
    /// <summary>What it holds.</summary>
    public ResponsePartType Type { get; set; }

    /// <summary>The text of a text part, whosever.</summary>
    public string? Text { get; set; }

    /// <summary>The https address of an image, or <c>data:image/…;base64,…</c>.</summary>
    public string? ImageUrl { get; set; }

    /// <summary>How closely to look at an image. Default auto.</summary>
    public ImageDetail? Detail { get; set; }

    /// <summary>The citations of the model's text.</summary>
    public IReadOnlyList<ResponseAnnotation>? Annotations
    {
        get;
        set => field = AnswerList.Whole(value);
    }

    /// <summary>Log probabilities; null in practice.</summary>
    public JsonElement? Logprobs { get; set; }

    /// <summary>The text of a refusal.</summary>
    public string? Refusal { get; set; }

    /// <summary>A text to the model.</summary>
    /// <param name="text">The text.</param>
    public static ResponsePart FromText(string text) => new() { Type = ResponsePartType.InputText, Text = text };

    /// <summary>An image to the model.</summary>
    /// <param name="url">An https address, or <c>data:image/…;base64,…</c>.</param>
    /// <param name="detail">How closely to look. Default auto.</param>
    public static ResponsePart FromImageUrl(string url, ImageDetail? detail = null) =>
        new()
        {
            Type = ResponsePartType.InputImage,
            ImageUrl = url,
            Detail = detail,
        };

    /// <summary>A text to the model.</summary>
    /// <param name="text">The text.</param>
    public static implicit operator ResponsePart(string text) => FromText(text);
}
