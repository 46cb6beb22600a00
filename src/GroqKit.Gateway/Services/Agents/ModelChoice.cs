namespace GroqKit.Gateway.Services.Agents;

/// <summary>A model of a provider.</summary>
/// <param name="Provider">The provider's name.</param>
/// <param name="Model">What that provider calls the model.</param>
internal sealed record ModelChoice(string Provider, string Model);
