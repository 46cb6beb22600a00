namespace GroqKit.Providers.Health;

/// <summary>A call that failed, as far as health is concerned.</summary>
/// <param name="Failure">Its kind.</param>
/// <param name="Message">In words without secrets.</param>
/// <param name="RetryAfter">How long the provider asks to wait.</param>
internal sealed record LaneError(ProviderFailure Failure, string Message, TimeSpan? RetryAfter);
