namespace GroqKit.Gateway.Services.Sync;

/// <summary>What <c>model.retired</c> says.</summary>
/// <param name="Provider">Who had it.</param>
/// <param name="Model">Which.</param>
/// <param name="Agents">The tenant's agents that are set to it.</param>
internal sealed record ModelEvent(string Provider, string Model, IReadOnlyList<string> Agents);
