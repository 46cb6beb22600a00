using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Fallback;

/// <summary>Every step on the way to an answer, in the order of their beginning. One for each call; safe for all threads.</summary>
public sealed class FallbackTrace
{
    /// <summary>The name under which answers carry their trace among their additional properties.</summary>
    public const string PropertyName = "groqkit.fallback";

    private readonly List<FallbackStepEntry> _steps = new(1);

    /// <summary>
    /// What the call belongs to, for a provider that gets a share of the calls: all calls of one conversation fall on the same side of it.
    /// Null: each call is drawn for itself.
    /// </summary>
    public string? Conversation { get; init; }

    /// <summary>The steps so far.</summary>
    public IReadOnlyList<FallbackStep> Steps
    {
        get
        {
            lock (_steps)
                return [.. _steps.Select(step => step.ToStep())];
        }
    }

    /// <summary>The step whose answer was delivered last; null when none was.</summary>
    public FallbackStep? Served
    {
        get
        {
            lock (_steps)
            {
                return _steps
                    .FindLast(step =>
                        step.Outcome is FallbackStepOutcome.Completed || (step.FirstOutput is not null && IsOpen(step))
                    )
                    ?.ToStep();
            }
        }
    }

    /// <summary>Whether anyone but the first choice was asked.</summary>
    public bool FellBack
    {
        get
        {
            lock (_steps)
                return _steps.FindLastIndex(step => step.Outcome is not FallbackStepOutcome.Skipped) > 0;
        }
    }

    /// <summary>How many were asked, as opposed to passed over.</summary>
    internal int Asked
    {
        get
        {
            lock (_steps)
                return _steps.Count(step => step.Outcome is not FallbackStepOutcome.Skipped);
        }
    }

    internal void Begin(FallbackStepEntry step)
    {
        lock (_steps)
            _steps.Add(step);
    }

    internal void End(
        FallbackStepEntry step,
        FallbackStepOutcome outcome,
        TimeSpan duration,
        TimeSpan? firstOutput,
        ProviderException? failure,
        UsageDetails? usage
    )
    {
        lock (_steps)
        {
            step.Outcome = outcome;
            step.Duration = duration;
            step.FirstOutput = firstOutput;
            step.Failure = failure?.Failure;
            step.Reason = failure?.Message;
            step.Usage = usage;
            step.MayBeBilled = usage is null && MayBeBilled(outcome, firstOutput, failure);
        }
    }

    // Output that was seen was made; a deadline that passed says nothing of what went on behind it.
    private static bool MayBeBilled(FallbackStepOutcome outcome, TimeSpan? firstOutput, ProviderException? failure) =>
        outcome is not FallbackStepOutcome.Completed
        && (
            firstOutput is not null
            || (failure is not null && FailureRules.MayBeBilled(failure.Failure))
            || outcome is FallbackStepOutcome.Lost or FallbackStepOutcome.Cancelled
        );

    private static bool IsOpen(FallbackStepEntry step) =>
        step.Outcome is FallbackStepOutcome.Running or FallbackStepOutcome.Broke or FallbackStepOutcome.Cancelled;
}
