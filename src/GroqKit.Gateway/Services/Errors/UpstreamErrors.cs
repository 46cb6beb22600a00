using GroqKit.Gateway.Services.Usage;
using GroqKit.Providers;

namespace GroqKit.Gateway.Services.Errors;

/// <summary>How a provider's failures read for the caller, who can only wait, retry or tell the operator.</summary>
internal static class UpstreamErrors
{
    public static GatewayException Unreachable(string provider, Exception? cause) =>
        Fail(
            502,
            "upstream_unreachable",
            $"{provider} could not be reached.",
            Outcome.Unreachable,
            ProviderFailure.Refused,
            cause
        );

    public static GatewayException ConnectTimeout(string provider, Exception? cause) =>
        Fail(
            504,
            "upstream_connect_timeout",
            $"{provider} did not accept a connection in time.",
            Outcome.Unreachable,
            ProviderFailure.Network,
            cause
        );

    public static GatewayException HeadersTimeout(string provider) =>
        Fail(
            504,
            "upstream_timeout",
            $"{provider} did not begin to answer in time.",
            Outcome.HeadersTimeout,
            ProviderFailure.Timeout
        );

    public static GatewayException IdleTimeout(string provider) =>
        Fail(
            504,
            "upstream_idle_timeout",
            $"{provider} stopped sending in the middle of the answer.",
            Outcome.IdleTimeout,
            ProviderFailure.Timeout
        );

    public static GatewayException Cut(string provider, Exception? cause = null) =>
        Fail(
            502,
            "upstream_cut",
            $"{provider} ended the answer before it was whole.",
            Outcome.UpstreamFailed,
            ProviderFailure.StreamCut,
            cause
        );

    /// <summary>It says so itself, in a chunk that would otherwise look like the answer's regular end.</summary>
    public static GatewayException StoppedEarly(string provider) =>
        Fail(
            502,
            "upstream_stopped_early",
            $"{provider} says that it stopped the answer early.",
            Outcome.UpstreamFailed,
            ProviderFailure.StreamCut
        );

    public static GatewayException Malformed(string provider, Exception? cause = null) =>
        Fail(
            502,
            "upstream_invalid_answer",
            $"{provider} sent an answer that cannot be read.",
            Outcome.UpstreamFailed,
            ProviderFailure.Malformed,
            cause
        );

    public static GatewayException TooLarge(string provider) =>
        Fail(
            502,
            "upstream_answer_too_large",
            $"{provider} sent an answer beyond the size limit.",
            Outcome.UpstreamFailed,
            ProviderFailure.Malformed
        );

    public static GatewayException KeyRefused(string provider) =>
        Fail(
            502,
            "provider_key_refused",
            $"{provider} refused the gateway's own key. Your key is fine; the operator has to renew the provider's.",
            Outcome.UpstreamRefused,
            ProviderFailure.Authentication
        );

    public static GatewayException AccessDenied(string provider) =>
        Fail(
            502,
            "provider_access_denied",
            $"{provider} denies the gateway this model or action. Your key is fine; the operator has to allow it there.",
            Outcome.UpstreamRefused,
            ProviderFailure.Permission
        );

    /// <summary>The operator has switched the provider off, or the call isn't part of its share, and there is no other.</summary>
    public static GatewayException SwitchedOff(string provider) =>
        new(
            new GatewayError(
                503,
                ErrorTypes.Upstream,
                "provider_disabled",
                $"{provider} is switched off on this gateway, and nobody else is set up for the call."
            ),
            Outcome.Refused
        );

    /// <summary>The operator's own bound on calls to a provider; the provider was not asked.</summary>
    public static GatewayException Paced(string provider, int perMinute, TimeSpan? wait) =>
        new(
            new GatewayError(
                429,
                ErrorTypes.Upstream,
                "provider_rate_limit",
                $"{provider} is asked no more than {perMinute} times a minute by this gateway."
            ),
            Outcome.UpstreamRefused
        )
        {
            Failure = ProviderFailure.RateLimited,
            RetryAfter = wait is { } time ? $"{Math.Ceiling(time.TotalSeconds):0}" : null,
            Wait = wait,
        };

    /// <summary>An error status whose body is not the JSON error shape, for example a CDN's page.</summary>
    public static GatewayException Status(
        string provider,
        int status,
        string? retryAfter,
        TimeSpan? wait,
        ProviderFailure failure
    ) =>
        new(
            new GatewayError(
                status is 413 or 429 or 503 or 504 ? status : 502,
                ErrorTypes.Upstream,
                "upstream_error",
                $"{provider} answered with status {status} and no readable error."
            ),
            Outcome.UpstreamRefused
        )
        {
            Failure = failure,
            RetryAfter = retryAfter,
            Wait = wait,
        };

    /// <summary>An error that the provider worded itself, to be passed on as it is.</summary>
    public static GatewayException InItsWords(
        string provider,
        int status,
        string? retryAfter,
        TimeSpan? wait,
        ProviderFailure failure,
        byte[] body
    ) =>
        new(
            new GatewayError(
                status,
                ErrorTypes.Upstream,
                "upstream_error",
                $"{provider} answered with status {status}."
            ),
            Outcome.UpstreamRefused
        )
        {
            Failure = failure,
            RetryAfter = retryAfter,
            Wait = wait,
            ProviderBody = body,
        };

    public static GatewayException Stopping() =>
        new(
            new GatewayError(
                503,
                ErrorTypes.Server,
                "gateway_stopping",
                "The gateway is stopping; send the request again."
            ),
            Outcome.Stopped
        );

    /// <summary>Nobody is left to read it; it only ends the call.</summary>
    public static GatewayException CallerLeft() =>
        new(new GatewayError(499, ErrorTypes.InvalidRequest, "client_gone", "The caller left."), Outcome.ClientGone);

    private static GatewayException Fail(
        int status,
        string code,
        string message,
        Outcome outcome,
        ProviderFailure failure,
        Exception? cause = null
    ) => new(new GatewayError(status, ErrorTypes.Upstream, code, message), outcome, cause) { Failure = failure };
}
