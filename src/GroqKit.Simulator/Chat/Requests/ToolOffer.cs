using System.Text.Json;
using GroqKit.Simulator.Chat.ServerTools;

namespace GroqKit.Simulator.Chat.Requests;

/// <summary>A tool that the request offers; a tool that runs on the server has no name, and its type as description.</summary>
internal sealed record ToolOffer(string? Name, string Description, JsonElement? Parameters, int Tokens)
{
    /// <summary>The remote server that the tool is; null for any other.</summary>
    public ToolServer? Server { get; init; }
}
