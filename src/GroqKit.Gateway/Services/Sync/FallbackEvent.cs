namespace GroqKit.Gateway.Services.Sync;

/// <summary>What <c>fallback.storm</c> says.</summary>
/// <param name="Calls">Calls in the last five minutes.</param>
/// <param name="Fallbacks">Of these, how many another provider had to answer.</param>
/// <param name="Reason">Who failed most, and why.</param>
internal sealed record FallbackEvent(long Calls, long Fallbacks, string? Reason);
