using System.Text.Json;
using GroqKit.Gateway.Services.Agents;

namespace GroqKit.Gateway.Api.Agents;

/// <summary>The body that says who serves an agent, for the API document.</summary>
internal sealed record ServiceBody(
    string Provider,
    string Model,
    JsonElement? Config,
    IReadOnlyList<ModelChoice>? Fallback
);
