namespace GroqKit.Gateway.Services.Sync;

/// <summary>What <c>budget.near</c> and <c>budget.used</c> say.</summary>
/// <param name="Scope">key or agent.</param>
/// <param name="Id">The key's id, or the agent's name.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Unit">What is limited.</param>
/// <param name="Window">day or month, in UTC.</param>
/// <param name="Limit">How much is allowed.</param>
/// <param name="Used">How much was used.</param>
/// <param name="Resets">When the window ends.</param>
internal sealed record BudgetEvent(
    string Scope,
    string Id,
    string Name,
    string Unit,
    string Window,
    decimal Limit,
    decimal Used,
    DateTimeOffset Resets
);
