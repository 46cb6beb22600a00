using System.Text.Json;

namespace GroqKit.Chat;

/// <summary>A part of a message: a text, an image, or a document. There is no part for audio, files or PDF.</summary>
public sealed partial record ContentPart
{
    /// <summary>What the part holds.</summary>
    public required ContentPartType Type { get; init; }

    /// <summary>The text of a text part.</summary>
    public string? Text { get; init; }

    /// <summary>The image of an image part.</summary>
    public ImageSource? ImageUrl { get; init; }

    /// <summary>The document of a document part.</summary>
    public ContentDocument? Document { get; init; }

    /// <summary>A text.</summary>
    /// <param name="text">The text.</param>
    public static ContentPart FromText(string text) => new() { Type = ContentPartType.Text, Text = text };

    /// <summary>An image by address.</summary>
    /// <param name="url">An https address, or <c>data:image/…;base64,…</c>.</param>
    /// <param name="detail">How closely to look. Default auto.</param>
    public static ContentPart FromImageUrl(string url, ImageDetail? detail = null) =>
        new()
        {
            Type = ContentPartType.ImageUrl,
            ImageUrl = new ImageSource { Url = url, Detail = detail },
        };

    /// <summary>An image by its bytes, sent inline.</summary>
    /// <param name="bytes">The encoded image.</param>
    /// <param name="mediaType">For example <c>image/png</c>.</param>
    /// <param name="detail">How closely to look. Default auto.</param>
    public static ContentPart FromImage(ReadOnlySpan<byte> bytes, string mediaType, ImageDetail? detail = null) =>
        FromImageUrl($"data:{mediaType};base64,{Convert.ToBase64String(bytes)}", detail);

    /// <summary>A JSON document to cite from.</summary>
    /// <param name="data">A JSON object.</param>
    /// <param name="id">The id that citations will name.</param>
    public static ContentPart FromDocument(JsonElement data, string? id = null) =>
        new()
        {
            Type = ContentPartType.Document,
            Document = new ContentDocument { Data = data, Id = id },
        };

    /// <summary>A text part.</summary>
    /// <param name="text">The text.</param>
    public static implicit operator ContentPart(string text) => FromText(text);
}
