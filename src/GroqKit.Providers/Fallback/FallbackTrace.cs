namespace GroqKit.Providers.Fallback;

/// <summary>Every step on the way to an answer, in the order of their beginning. Safe for all threads.</summary>
public sealed class FallbackTrace
{
    /// <summary>The name under which answers carry their trace among their additional properties.</summary>
    public const string PropertyName = "groqkit.fallback";

    private readonly Lock _gate = new();
    private readonly List<FallbackStep> _steps = new(1);

    /// <summary>The steps so far.</summary>
    public IReadOnlyList<FallbackStep> Steps
    {
        get
        {
            lock (_gate)
                return [.. _steps];
        }
    }

    /// <summary>The step whose answer was delivered last; null when none was.</summary>
    public FallbackStep? Served
    {
        get
        {
            lock (_gate)
            {
                return _steps.FindLast(step =>
                    step.Outcome is FallbackStepOutcome.Completed || (step.FirstOutput is not null && IsOpen(step))
                );
            }
        }
    }

    /// <summary>Whether anyone but the first choice was asked.</summary>
    public bool FellBack
    {
        get
        {
            lock (_gate)
                return _steps.FindLastIndex(step => step.Outcome is not FallbackStepOutcome.Skipped) > 0;
        }
    }

    internal int Begin(FallbackStep step)
    {
        lock (_gate)
        {
            _steps.Add(step);
            return _steps.Count - 1;
        }
    }

    internal void Update(int index, Func<FallbackStep, FallbackStep> change)
    {
        lock (_gate)
            _steps[index] = change(_steps[index]);
    }

    private static bool IsOpen(FallbackStep step) =>
        step.Outcome is FallbackStepOutcome.Running or FallbackStepOutcome.Broke or FallbackStepOutcome.Cancelled;
}
