using GroqKit.Providers;
using GroqKit.Providers.Fallback;
using Microsoft.Extensions.AI;

namespace GroqKit.Voice;

/// <summary>What a turn keeps of its calls: who served, what was used. Safe for all threads.</summary>
internal sealed class TurnLog(EventQueue events)
{
    private readonly Lock _gate = new();
    private readonly List<VoiceCall> _hearing = [];
    private readonly List<VoiceCall> _answering = [];
    private readonly List<VoiceCall> _speaking = [];

    public VoiceUsage Usage
    {
        get
        {
            lock (_gate)
                return new VoiceUsage
                {
                    Hearing = [.. _hearing],
                    Answering = [.. _answering],
                    Speaking = [.. _speaking],
                };
        }
    }

    public void Heard(CallRecord call, FallbackTrace trace, Exception? failure) =>
        Add(_hearing, VoiceStage.Hearing, call, trace, failure);

    public void Answered(CallRecord call, FallbackTrace trace, Exception? failure) =>
        Add(_answering, VoiceStage.Answering, call, trace, failure);

    public void Spoken(CallRecord call, string text, FallbackTrace trace, Exception? failure)
    {
        UsageDetails? usage = call.Usage;
        // Speech is paid by the character, whether or not the provider counts them.
        if (usage is null && failure is null)
            usage = new UsageDetails { AdditionalCounts = new() { [UsageCounts.Characters] = text.Length } };
        Add(_speaking, VoiceStage.Speaking, call, trace, failure, usage);
    }

    public void Switched(VoiceStage stage, string from, string? to, string reason) =>
        events.Post(new ProviderSwitched(stage, from, to, reason));

    private void Add(
        List<VoiceCall> calls,
        VoiceStage stage,
        CallRecord call,
        FallbackTrace trace,
        Exception? failure,
        UsageDetails? usage = null
    )
    {
        IReadOnlyList<FallbackStep> steps = trace.Steps;
        FallbackStep? served = failure is null ? trace.Served : null;
        lock (_gate)
        {
            foreach (FallbackStep step in steps)
            {
                if (step != served && step.Outcome is not FallbackStepOutcome.Skipped)
                    calls.Add(Of(step));
            }
            if (served is not null || steps.Count == 0)
            {
                calls.Add(
                    new VoiceCall
                    {
                        Provider = served?.Provider ?? (failure as ProviderException)?.Provider,
                        Model = served?.Model ?? call.Model ?? (failure as ProviderException)?.Model,
                        Usage = usage ?? call.Usage ?? served?.Usage,
                        Succeeded = failure is null,
                        Reason = failure?.Message,
                        Duration = call.Elapsed,
                        FirstOutput = call.FirstOutput,
                    }
                );
            }
        }
        foreach (FallbackStep step in steps)
        {
            if (step.Outcome is FallbackStepOutcome.Failed or FallbackStepOutcome.Skipped)
                Switched(stage, step.Provider, served?.Provider, step.Reason ?? "unknown");
        }
    }

    private static VoiceCall Of(FallbackStep step) =>
        new()
        {
            Provider = step.Provider,
            Model = step.Model,
            Usage = step.Usage,
            Succeeded = false,
            Reason = step.Reason,
            Duration = step.Duration,
            FirstOutput = step.FirstOutput,
        };
}
