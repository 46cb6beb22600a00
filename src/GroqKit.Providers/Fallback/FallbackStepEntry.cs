using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Fallback;

/// <summary>A step while it is written, guarded by its trace: the record for readers is made when one looks.</summary>
internal sealed class FallbackStepEntry(FallbackCandidate candidate, TimeSpan startedAfter)
{
    public FallbackStepOutcome Outcome { get; set; }

    public TimeSpan Duration { get; set; }

    public TimeSpan? FirstOutput { get; set; }

    public ProviderFailure? Failure { get; set; }

    public string? Reason { get; set; }

    public UsageDetails? Usage { get; set; }

    public bool MayBeBilled { get; set; }

    public FallbackStep ToStep() =>
        new()
        {
            Provider = candidate.Target.Provider.Name,
            Connection = candidate.Lane.Connection.Id,
            Model = candidate.Target.Model,
            Outcome = Outcome,
            StartedAfter = startedAfter,
            Duration = Duration,
            FirstOutput = FirstOutput,
            Failure = Failure,
            Reason = Reason,
            Choice = candidate.Choice,
            Usage = Usage,
            MayBeBilled = MayBeBilled,
        };
}
