namespace GroqKit.Gateway.Services.Providers;

/// <summary>What a move changes, or would change.</summary>
/// <param name="From">The provider so far.</param>
/// <param name="To">The other one.</param>
/// <param name="DryRun">True when nothing was changed.</param>
/// <param name="Changes">Every place in an agent that names the provider.</param>
internal sealed record MoveView(string From, string To, bool DryRun, IReadOnlyList<MovedChoice> Changes);
