using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Services.Forwarding;

/// <summary>Which failures another provider may not have. The caller's own mistakes and refused content are never routed around.</summary>
internal static class FailoverRules
{
    public static bool MayTryAnother(GatewayException failure) =>
        failure.Outcome switch
        {
            Outcome.Unreachable or Outcome.HeadersTimeout or Outcome.IdleTimeout or Outcome.UpstreamFailed => true,
            // 404: the model is gone there. 413: its limit of tokens a minute. 498: its flex tier is full.
            Outcome.UpstreamRefused => failure.Error.Status is 404 or 408 or 413 or 429 or 498 or >= 500,
            _ => false,
        };
}
