namespace GroqKit.Gateway.Services.Providers;

/// <summary>What is asked when all agents are moved from a provider to another.</summary>
/// <param name="To">The other provider.</param>
/// <param name="Models">What the other calls a model, by its name so far; models that aren't in it keep their name.</param>
/// <param name="DryRun">Only shows what would be changed.</param>
internal sealed record MoveRequest(string To, IReadOnlyDictionary<string, string> Models, bool DryRun);
