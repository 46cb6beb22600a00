namespace GroqKit.Gateway.Services.Providers;

/// <summary>One place in an agent.</summary>
/// <param name="Agent">The agent's name.</param>
/// <param name="Place">For example llm or llm.fallback[0].</param>
/// <param name="Before">The model so far.</param>
/// <param name="After">The model at the other provider.</param>
internal sealed record MovedChoice(string Agent, string Place, string Before, string After);
