using System.Text.Json;
using GroqKit.Simulator.Chat.Requests;

namespace GroqKit.Simulator.Responses;

/// <summary>A request to the Responses API: what it asks of the model, and what the answer repeats of it.</summary>
internal sealed record ResponseRequest(ChatRequest Chat, JsonElement Root)
{
    /// <summary>A property as it came; nothing when it is absent or null.</summary>
    public JsonElement? Given(string name) =>
        Root.TryGetProperty(name, out JsonElement value) && value.ValueKind is not JsonValueKind.Null ? value : null;
}
