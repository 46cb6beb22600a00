using System.Text.Json;

namespace GroqKit.Chat;

/// <summary>A JSON document within a message.</summary>
public sealed record ContentDocument
{
    /// <summary>A JSON object.</summary>
    public required JsonElement Data { get; init; }

    /// <summary>The id that citations will name.</summary>
    public string? Id { get; init; }
}
