namespace GroqKit.Resilience;

/// <summary>Where a client stands with the rate limits of one model.</summary>
/// <param name="Limits">Every limit that is known; empty before the first answer.</param>
/// <param name="WaitingCalls">Calls that wait for a limit.</param>
/// <param name="HeldFor">How long all calls wait after a refusal that did not name its limit; otherwise zero.</param>
public sealed record RateLimitStatus(IReadOnlyList<RateLimitState> Limits, int WaitingCalls, TimeSpan HeldFor);
