using System.Net;
using GroqKit.Providers.Http;
using GroqKit.Resilience;

namespace GroqKit.Providers;

/// <summary>What follows from a failure, in one table for everyone who asks providers: clients over chains, lanes, the gateway.</summary>
internal static class FailureRules
{
    /// <summary>The kind of a failure that a provider put into words. A code says more than a type, and a type more than the status.</summary>
    /// <param name="status">The answer's status, or the one that an event within a stream names.</param>
    /// <param name="code">The code in the provider's error object.</param>
    /// <param name="type">The type in it.</param>
    public static ProviderFailure KindOf(HttpStatusCode status, string? code, string? type) =>
        KindOfCode(code) ?? KindOfCode(type) ?? KindOfType(status, type) ?? StatusFailures.Of(status);

    /// <summary>Whether the same request may succeed later at the same provider.</summary>
    public static bool IsRetryable(ProviderFailure failure) =>
        failure
            is ProviderFailure.Refused
                or ProviderFailure.Network
                or ProviderFailure.Timeout
                or ProviderFailure.RateLimited
                or ProviderFailure.Overloaded
                or ProviderFailure.Server
                or ProviderFailure.StreamCut
                or ProviderFailure.Malformed;

    /// <summary>Whether another provider may be asked the same.</summary>
    public static bool MayTryAnother(ProviderFailure failure) => IsAboutTheProvider(failure);

    /// <summary>
    /// Whether it says something of the provider: not the caller's own mistakes, refused content, and too long an input, which only a
    /// larger model takes.
    /// </summary>
    public static bool IsAboutTheProvider(ProviderFailure failure) =>
        failure
            is not (ProviderFailure.CallerMistake or ProviderFailure.ContentFilter or ProviderFailure.ContextLength);

    /// <summary>Whether the provider may have done the work and charge for it, although nothing of it was delivered.</summary>
    public static bool MayBeBilled(ProviderFailure failure) =>
        failure
            is ProviderFailure.Timeout
                or ProviderFailure.StreamCut
                or ProviderFailure.Network
                or ProviderFailure.Malformed;

    /// <summary>What a circuit makes of it.</summary>
    public static CircuitOutcome OutcomeOf(ProviderFailure failure) =>
        failure switch
        {
            // It does not pass by itself, and so pauses the lane instead of opening its circuit.
            _ when !IsRetryable(failure) => CircuitOutcome.Success,
            ProviderFailure.RateLimited => CircuitOutcome.Neutral,
            _ => CircuitOutcome.Failure,
        };

    private static ProviderFailure? KindOfCode(string? code) =>
        code switch
        {
            "invalid_api_key" => ProviderFailure.Authentication,
            "insufficient_quota"
            or "credit_balance_exhausted"
            or "organization_spend_limit_exceeded"
            or "project_spend_limit_exceeded"
            or "organization_usage_limit_exceeded"
            or "billing_hard_limit_reached"
            or "blocked_api_access" => ProviderFailure.QuotaExhausted,
            "rate_limit_exceeded" or "slow_down" => ProviderFailure.RateLimited,
            "server_is_overloaded" or "capacity_exceeded" => ProviderFailure.Overloaded,
            "model_not_found" or "model_decommissioned" or "model_terms_required" => ProviderFailure.ModelUnavailable,
            "context_length_exceeded" => ProviderFailure.ContextLength,
            "content_filter" or "content_policy_violation" or "invalid_prompt" => ProviderFailure.ContentFilter,
            "unsupported_country_region_territory" => ProviderFailure.Permission,
            _ => null,
        };

    private static ProviderFailure? KindOfType(HttpStatusCode status, string? type) =>
        type switch
        {
            "rate_limit_error" => ProviderFailure.RateLimited,
            "tokens" or "requests" or "seconds" when status is HttpStatusCode.RequestEntityTooLarge =>
                ProviderFailure.RateLimited,
            "service_unavailable_error" => ProviderFailure.Overloaded,
            // Said of everything from a broken server to a full one: the status knows more, where it is one of a server's.
            "server_error" when status < HttpStatusCode.InternalServerError => ProviderFailure.Server,
            _ => null,
        };
}
