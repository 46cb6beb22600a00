using GroqKit.Providers.Health;
using GroqKit.Providers.Steering;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Fallback;

/// <summary>What all attempts of one call share: clock, options, trace, and the caller who may leave.</summary>
internal sealed class FallbackCall(
    FallbackOptions options,
    FallbackTrace trace,
    ProviderControls controls,
    TimeProvider time,
    CancellationToken caller
)
{
    private readonly long _startedAt = time.GetTimestamp();
    private long? _brokenAt;

    public FallbackOptions Options => options;

    public FallbackTrace Trace => trace;

    public ProviderControls Controls => controls;

    public TimeProvider Time => time;

    public CancellationToken Caller => caller;

    /// <summary>What is left of the time for finding someone who serves.</summary>
    public TimeSpan Left => options.TotalTimeout - time.GetElapsedTime(_brokenAt ?? _startedAt);

    private TimeSpan Elapsed => time.GetElapsedTime(_startedAt);

    /// <summary>An answer broke: whoever goes on is looked for with time of its own, however long the answer took so far.</summary>
    public void BeginAnew() => _brokenAt = time.GetTimestamp();

    public FallbackStepEntry BeginStep(FallbackCandidate candidate)
    {
        var step = new FallbackStepEntry(candidate, Elapsed);
        trace.Begin(step);
        return step;
    }

    public void SkipStep(FallbackCandidate candidate, LaneRefusal refusal) =>
        trace.Begin(
            new FallbackStepEntry(candidate, Elapsed)
            {
                Outcome = FallbackStepOutcome.Skipped,
                Failure = refusal.Failure,
                Reason = refusal.Reason,
            }
        );

    public void EndStep(
        FallbackStepEntry step,
        LaneEntry entry,
        FallbackStepOutcome outcome,
        TimeSpan? firstOutput,
        ProviderException? failure,
        UsageDetails? usage
    ) => trace.End(step, outcome, time.GetElapsedTime(entry.StartedAt), firstOutput, failure, usage);
}
