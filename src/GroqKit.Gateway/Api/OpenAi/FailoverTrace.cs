using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Providers;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>Who failed or was passed over on the way to an answer, for its header and its account.</summary>
/// <param name="meter">The call's account.</param>
/// <param name="watch">Told of each; null where nobody is.</param>
internal sealed class FailoverTrace(RequestMeter meter, IFallbackWatch? watch) : IPassedOver
{
    /// <summary>For the header; null while nobody failed.</summary>
    public string? Steps { get; private set; }

    public void Failed(ModelRoute route, GatewayException failure)
    {
        string reason = ReasonOf(failure);
        bool mayBeBilled = failure.Failure is { } kind && FailureRules.MayBeBilled(kind);
        Add(route, reason, mayBeBilled ? reason + " (may be billed)" : reason);
    }

    public void PassedOver(ModelRoute route, ProviderFailure? failure) =>
        Add(route, failure is { } kind ? "closed after " + NameOf(kind) : "closed");

    /// <summary>It can't go on with an answer that another began.</summary>
    public void CannotResume(ModelRoute route) => Add(route, "can't go on");

    private void Add(ModelRoute route, string reason, string? account = null)
    {
        string who = $"{route.Provider.Name}/{route.Model}";
        Steps = Join(Steps, who, reason);
        meter.Fallback = Join(meter.Fallback, who, account ?? reason);
        watch?.Failed(who, reason);
    }

    private static string Join(string? before, string who, string reason) =>
        before is null ? $"{who}: {reason}" : $"{before}, {who}: {reason}";

    // The provider's own words are its own; the kind of failure is what can be compared.
    private static string ReasonOf(GatewayException failure) =>
        failure is { Outcome: Outcome.UpstreamRefused, Error.Code: "upstream_error", Failure: { } kind }
            ? NameOf(kind)
            : failure.Error.Code;

    private static string NameOf(ProviderFailure failure) =>
        failure switch
        {
            ProviderFailure.Refused => "upstream_unreachable",
            ProviderFailure.Network or ProviderFailure.StreamCut => "upstream_cut",
            ProviderFailure.Timeout => "upstream_timeout",
            ProviderFailure.Authentication => "provider_key_refused",
            ProviderFailure.Permission => "provider_access_denied",
            ProviderFailure.QuotaExhausted => "quota_exhausted",
            ProviderFailure.RateLimited => "rate_limited",
            ProviderFailure.Overloaded => "overloaded",
            ProviderFailure.ModelUnavailable => "model_unavailable",
            ProviderFailure.Malformed => "upstream_invalid_answer",
            ProviderFailure.ContextLength => "context_length",
            ProviderFailure.ContentFilter => "content_filter",
            ProviderFailure.CallerMistake => "refused",
            _ => "server_error",
        };
}
