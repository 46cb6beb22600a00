using GroqKit.Providers.Health;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Fallback;

/// <summary>What all attempts of one call share: clock, options, trace, and the caller who may leave.</summary>
internal sealed class FallbackCall(
    FallbackOptions options,
    FallbackTrace trace,
    TimeProvider time,
    CancellationToken caller
)
{
    private readonly long _startedAt = time.GetTimestamp();

    public FallbackOptions Options => options;

    public TimeProvider Time => time;

    public CancellationToken Caller => caller;

    public TimeSpan Elapsed => time.GetElapsedTime(_startedAt);

    public TimeSpan Left => options.TotalTimeout - Elapsed;

    public int BeginStep(FallbackCandidate candidate) =>
        trace.Begin(StepOf(candidate, FallbackStepOutcome.Running, candidate.Choice));

    public void SkipStep(FallbackCandidate candidate, LaneRefusal refusal) =>
        trace.Begin(
            StepOf(candidate, FallbackStepOutcome.Skipped, candidate.Choice) with
            {
                Failure = refusal.Failure,
                Reason = refusal.Reason,
            }
        );

    public void EndStep(
        int step,
        LaneEntry entry,
        FallbackStepOutcome outcome,
        TimeSpan? firstOutput,
        ProviderException? failure,
        UsageDetails? usage
    ) =>
        trace.Update(
            step,
            begun =>
                begun with
                {
                    Outcome = outcome,
                    Duration = time.GetElapsedTime(entry.StartedAt),
                    FirstOutput = firstOutput,
                    Failure = failure?.Failure,
                    Reason = failure?.Message,
                    Usage = usage,
                    MayBeBilled = usage is null && MayBeBilled(outcome, firstOutput, failure),
                }
        );

    private FallbackStep StepOf(FallbackCandidate candidate, FallbackStepOutcome outcome, string? choice) =>
        new()
        {
            Provider = candidate.Target.Provider.Name,
            Connection = candidate.Lane.Connection.Id,
            Model = candidate.Target.Model,
            Outcome = outcome,
            StartedAfter = Elapsed,
            Choice = choice,
        };

    // Output that was seen was made; a deadline that passed says nothing of what went on behind it.
    private static bool MayBeBilled(FallbackStepOutcome outcome, TimeSpan? firstOutput, ProviderException? failure) =>
        outcome is not FallbackStepOutcome.Completed
        && (
            firstOutput is not null
            || (failure is not null && FailureRules.MayBeBilled(failure.Failure))
            || outcome is FallbackStepOutcome.Lost or FallbackStepOutcome.Cancelled
        );
}
