using GroqKit.Gateway.Services.Agents;

namespace GroqKit.Gateway.Api.Aliases;

/// <summary>The body that makes or sets an alias, for the API document.</summary>
internal sealed record AliasBody(
    string Name,
    IReadOnlyList<ModelChoice> Models,
    decimal? Budget,
    long? LatencyTargetMs
);
