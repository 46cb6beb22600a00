using System.Text.Json;

namespace GroqKit.Chat;

/// <summary>A tool of a remote MCP server.</summary>
public sealed record McpTool : GroqObject
{
    /// <summary>Its name.</summary>
    public string Name { get; set; } = "";

    /// <summary>What it does.</summary>
    public string? Description { get; set; }

    /// <summary>Its parameters as the server described them.</summary>
    public JsonElement? InputSchema { get; set; }

    /// <summary>The server's hints.</summary>
    public JsonElement? Annotations { get; set; }
}
