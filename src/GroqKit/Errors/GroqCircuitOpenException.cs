namespace GroqKit;

/// <summary>The call was not sent because recent calls failed in a row.</summary>
/// <param name="retryAfter">When a trial will be let through.</param>
/// <param name="innerException">The failure that opened the circuit.</param>
public sealed class GroqCircuitOpenException(TimeSpan retryAfter, Exception? innerException = null)
    : GroqException(
        $"The circuit is open after repeated failures; the next trial is in {retryAfter.TotalSeconds:0.###} s.",
        new ErrorDetails { IsRetryable = true, RetryAfter = retryAfter },
        innerException
    );
