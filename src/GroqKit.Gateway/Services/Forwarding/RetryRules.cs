using GroqKit.Gateway.Services.Errors;
using GroqKit.Providers;
using GroqKit.Resilience;

namespace GroqKit.Gateway.Services.Forwarding;

/// <summary>
/// When a provider is asked once more: for failures that pass quickly, while nothing of an answer has left, within the provider's own number of
/// retries, and only while the budget of retries lasts. Safe for all threads.
/// </summary>
/// <param name="longestWait">A provider that asks for a longer wait is not waited for: the caller is told the wait instead.</param>
/// <param name="randomness">Numbers from 0 to below 1, safe for all threads.</param>
internal sealed class RetryRules(TimeSpan longestWait, Func<double> randomness)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);

    private readonly Backoff _backoff = new(
        new RetryOptions
        {
            BaseDelay = FirstWait < longestWait ? FirstWait : longestWait,
            MaxDelay = longestWait,
            FullJitter = true,
        },
        randomness
    );

    /// <param name="failure">How the last attempt ended.</param>
    /// <param name="retry">0 for the first retry.</param>
    /// <returns>How long to wait; null when asking again is of no use.</returns>
    public TimeSpan? WaitAfter(GatewayException failure, int retry)
    {
        if (failure.Failure is not { } kind || !IsWorthIt(kind) || failure.Error.Status == 413)
            return null;
        if (failure.Wait is not { } asked)
            return _backoff.Delay(retry);
        return asked <= longestWait ? _backoff.After(asked, longestWait) : null;
    }

    // A deadline that passed has cost the caller enough, and the work may have been billed.
    private static bool IsWorthIt(ProviderFailure failure) =>
        FailureRules.IsRetryable(failure) && failure is not ProviderFailure.Timeout;
}
