using System.Text.Json;

namespace GroqKit.Chat;

/// <summary>What a document says: text or JSON.</summary>
public sealed record DocumentSource
{
    /// <summary>Text or JSON.</summary>
    public required DocumentSourceType Type { get; init; }

    /// <summary>The text of a text document.</summary>
    public string? Text { get; init; }

    /// <summary>The object of a JSON document.</summary>
    public JsonElement? Data { get; init; }
}
