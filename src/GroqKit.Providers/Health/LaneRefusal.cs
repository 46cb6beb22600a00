namespace GroqKit.Providers.Health;

/// <summary>Why a lane takes no call.</summary>
/// <param name="Reason">In words, for the trace.</param>
/// <param name="Failure">The failure that it would end in.</param>
/// <param name="RetryAfter">How long; null when that depends on a call that runs.</param>
internal sealed record LaneRefusal(string Reason, ProviderFailure Failure, TimeSpan? RetryAfter);
