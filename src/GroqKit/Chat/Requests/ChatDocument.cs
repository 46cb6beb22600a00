using System.Text.Json;

namespace GroqKit.Chat;

/// <summary>A document that the answer may cite.</summary>
public sealed record ChatDocument
{
    /// <summary>The id that citations will name.</summary>
    public string? Id { get; init; }

    /// <summary>What the document says.</summary>
    public required DocumentSource Source { get; init; }

    /// <summary>A document of plain text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="id">The id that citations will name.</param>
    public static ChatDocument FromText(string text, string? id = null) =>
        new()
        {
            Id = id,
            Source = new DocumentSource { Type = DocumentSourceType.Text, Text = text },
        };

    /// <summary>A document of JSON.</summary>
    /// <param name="data">A JSON object.</param>
    /// <param name="id">The id that citations will name.</param>
    public static ChatDocument FromJson(JsonElement data, string? id = null) =>
        new()
        {
            Id = id,
            Source = new DocumentSource { Type = DocumentSourceType.Json, Data = data },
        };
}
