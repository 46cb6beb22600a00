using System.Net;

namespace GroqKit.Resilience;

/// <summary>What a failure says about the provider's health.</summary>
internal static class CircuitOutcomes
{
    /// <summary>The flex tier has no capacity left; the others may.</summary>
    private const HttpStatusCode FlexCapacity = (HttpStatusCode)498;

    public static CircuitOutcome Of(Exception error) =>
        error switch
        {
            GroqServerException or GroqTimeoutException or GroqNetworkException => CircuitOutcome.Failure,
            GroqOverloadedException { Status: FlexCapacity } => CircuitOutcome.Neutral,
            GroqOverloadedException => CircuitOutcome.Failure,
            GroqStreamException { InnerException: GroqException typed } => Of(typed),
            GroqStreamException => CircuitOutcome.Failure,
            // A request larger than the limit is the caller's mistake; one that came too soon says nothing.
            GroqRateLimitException { Status: HttpStatusCode.RequestEntityTooLarge } => CircuitOutcome.Success,
            GroqRateLimitException => CircuitOutcome.Neutral,
            // Any other answer is an answer.
            GroqException { Status: not null } => CircuitOutcome.Success,
            _ => CircuitOutcome.Neutral,
        };
}
