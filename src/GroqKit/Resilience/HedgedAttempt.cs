using GroqKit.Http;
using GroqKit.Telemetry;
using Polly;

namespace GroqKit.Resilience;

/// <summary>An attempt that is made again when it takes too long; the first answer counts, the others are cancelled.</summary>
internal sealed class HedgedAttempt(
    GuardedAttempt attempt,
    HedgingOptions options,
    RetryBudget budget,
    TimeProvider time
)
{
    /// <summary>How many calls tell what is slow.</summary>
    private const int EnoughSamples = 20;

    public ValueTask<Outcome<ApiCall>> RunAsync(ApiCall call, CancellationToken cancellationToken) =>
        options.Enabled && call is { Form: null, Lane: not null } && DelayFor(call) is { } delay
            ? RaceAsync(call, delay, cancellationToken)
            : attempt.RunAsync(call, cancellationToken);

    // While a circuit is not closed, all but one would be refused.
    private static bool MayHedge(ApiCall call) => call.Lane is not { Circuit.State: not CircuitState.Closed };

    private TimeSpan? DelayFor(ApiCall call)
    {
        if (options.Delay is not null)
            return options.Delay;
        LatencySummary? latency = call.Lane?.Latency.Summary;
        SampleStatistics? usual =
            call.Answer is AnswerKind.Json ? latency?.TotalMilliseconds : latency?.FirstTokenMilliseconds;
        return usual is { Count: >= EnoughSamples } ? TimeSpan.FromMilliseconds(usual.P95) : null;
    }

    private async ValueTask<Outcome<ApiCall>> RaceAsync(
        ApiCall call,
        TimeSpan delay,
        CancellationToken cancellationToken
    )
    {
        int sentBefore = call.Attempts;
        using var over = new CancellationTokenSource();
        List<HedgeRacer> racers = [HedgeRacer.Start(attempt, call, sentBefore, call.Paid, time, cancellationToken)];
        List<Task> running = [racers[0].Attempt];
        Task pause = Task.Delay(delay, time, over.Token);
        while (true)
        {
            Task first = await Task.WhenAny([pause, .. running]).ConfigureAwait(false);
            if (first == pause)
            {
                if (
                    racers.Count < options.MaxParallel
                    && MayHedge(call)
                    && budget.TrySpend(throttled: false, out int paid)
                )
                {
                    racers.Add(
                        HedgeRacer.Start(attempt, call, sentBefore + racers.Count, paid, time, cancellationToken)
                    );
                    running.Add(racers[^1].Attempt);
                    call.Telemetry?.Hedged();
                    pause = Task.Delay(delay, time, over.Token);
                }
                else
                {
                    pause = Task.Delay(Timeout.InfiniteTimeSpan, time, over.Token);
                }
                continue;
            }
            running.Remove(first);
            HedgeRacer ended = racers.Find(racer => racer.Attempt == first)!;
            Outcome<ApiCall> outcome = await ended.Attempt.ConfigureAwait(false);
            // A failure counts when nobody is left who may do better.
            if (outcome.Exception is not null && running.Count > 0)
                continue;
            await over.CancelAsync().ConfigureAwait(false);
            foreach (HedgeRacer loser in racers.Where(racer => racer != ended))
                loser.Leave();
            ended.Win();
            call.Adopt(ended.Call, sentBefore + racers.Count);
            return outcome.Exception is null ? Outcome.FromResult(call) : outcome;
        }
    }
}
