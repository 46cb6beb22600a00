using System.Text.Json;

namespace GroqKit.Gateway.Api.Agents;

/// <summary>Whom an agent asks next, for the API document.</summary>
internal sealed record LinkBody(string Provider, string Model, JsonElement? Config);
