using System.Net;
using System.Runtime.InteropServices;
using GroqKit.Telemetry;

namespace GroqKit.Resilience;

/// <summary>What an attempt holds of its model's lane until it has ended: its place among the limits, and leave of the circuit.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LaneHold(ModelLane Lane, RateTicket Ticket, CircuitPermit Permit)
{
    /// <summary>The headers came, the end is still to come.</summary>
    public void Answered(ResponseMetadata metadata)
    {
        if (Lane.Gate.IsEnabled)
            Lane.Gate.Observe(Ticket, metadata.RateLimits);
    }

    /// <param name="metadata">Of a whole answer; null when the headers were seen before.</param>
    /// <param name="tokens">What the server counted; null when it did not say.</param>
    public void Succeeded(ResponseMetadata? metadata, TokenCounts? tokens)
    {
        Lane.Circuit.Report(Permit, CircuitOutcome.Success);
        if (!Lane.Gate.IsEnabled)
            return;
        // Tokens from the cache count for no limit.
        RateAmounts? used = tokens is { } counts
            ? Ticket.Charged with
            {
                Tokens = counts.Input - counts.Cached + (counts.Output ?? 0),
            }
            : null;
        if (metadata is null)
            Lane.Gate.Settle(Ticket, used);
        else
            Lane.Gate.Complete(Ticket, metadata.RateLimits, used);
    }

    public void Abandoned()
    {
        Lane.Circuit.Report(Permit, CircuitOutcome.Neutral);
        Lane.Gate.Settle(Ticket, used: null);
    }

    public void Failed(Exception error)
    {
        Lane.Circuit.Report(Permit, CircuitOutcomes.Of(error));
        switch (error)
        {
            case GroqRateLimitException { Status: not HttpStatusCode.RequestEntityTooLarge } refusal:
                Lane.Gate.Refuse(Ticket, refusal);
                break;
            case GroqException { Status: { } status, RateLimits: var limits }:
                // A request that the server refused cost nothing; whether one that it failed at did, is not known.
                RateAmounts? used = status < HttpStatusCode.InternalServerError ? default(RateAmounts) : null;
                Lane.Gate.Complete(Ticket, limits ?? RateLimits.None, used);
                break;
            case GroqConfigurationException:
                Lane.Gate.Settle(Ticket, default(RateAmounts));
                break;
            default:
                Lane.Gate.Settle(Ticket, used: null);
                break;
        }
    }
}
