using System.Text.Json;

namespace GroqKit.Gateway.Api.Agents;

/// <summary>The body that says who serves an agent, for the API document.</summary>
internal sealed record ServiceBody(
    string Provider,
    string Model,
    JsonElement? Config,
    IReadOnlyList<LinkBody>? Fallback
);
