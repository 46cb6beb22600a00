using System.Text.Json;

namespace GroqKit.Simulator.Chat.Requests;

/// <summary>A tool that the request offers; a tool that runs on the server has no name.</summary>
internal sealed record ToolOffer(string? Name, string Description, JsonElement? Parameters, int Tokens);
