namespace GroqKit.Gateway.Services.Usage;

/// <summary>How outcomes are written in reports and metrics.</summary>
internal static class OutcomeNames
{
    public static string Of(Outcome outcome) =>
        outcome switch
        {
            Outcome.Completed => "completed",
            Outcome.Refused => "refused",
            Outcome.ClientGone => "client_gone",
            Outcome.Unreachable => "unreachable",
            Outcome.UpstreamRefused => "upstream_refused",
            Outcome.UpstreamFailed => "upstream_failed",
            Outcome.HeadersTimeout => "headers_timeout",
            Outcome.IdleTimeout => "idle_timeout",
            Outcome.Stopped => "stopped",
            _ => "gateway_failed",
        };
}
