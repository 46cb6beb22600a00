namespace GroqKit.Gateway.Services.Agents;

/// <summary>Whom an agent asks next.</summary>
/// <param name="Choice">Whom.</param>
/// <param name="Config">A JSON object: members that take the place of the service's for this model; null takes one away.</param>
internal sealed record ChainLink(ModelChoice Choice, string Config);
