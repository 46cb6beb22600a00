namespace GroqKit.Providers.Naming;

/// <summary>What a name of a model stands for.</summary>
/// <param name="Provider">The provider's name.</param>
/// <param name="Model">What that provider calls the model.</param>
public sealed record ModelName(string Provider, string Model);
