using System.Runtime.CompilerServices;

namespace GroqKit.Providers.Fallback;

/// <summary>
/// The one state machine behind every service: candidates are asked until one puts out something useful, that one serves to its end, and a
/// break in between is mended as the caller wishes or becomes one clear error. Safe for all threads.
/// </summary>
internal sealed class FallbackRunner(FallbackPlanner planner, TimeProvider time)
{
    /// <exception cref="FallbackException">Nobody serves, or an answer broke and nobody could go on.</exception>
    public async IAsyncEnumerable<TItem> RunAsync<TItem>(
        FallbackJob<TItem> job,
        IReadOnlyList<FallbackTarget> chain,
        FallbackOptions options,
        FallbackTrace trace,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var call = new FallbackCall(options, trace, time, cancellationToken);
        CandidateQueue queue = planner.Plan(job.Service, chain);
        Leg<TItem> leg = await new Opening<TItem>(call, queue, trace).OpenAsync(job).ConfigureAwait(false);
        try
        {
            while (true)
            {
                if (leg.Ended)
                    leg.Complete();
                foreach (TItem held in leg.Held)
                    yield return held;
                ProviderException? failure = null;
                while (!leg.Ended)
                {
                    Pull<TItem> pull = await leg.PullAsync().ConfigureAwait(false);
                    if (!pull.HasItem)
                    {
                        failure = pull.Failure;
                        break;
                    }
                    yield return pull.Item!;
                }
                if (failure is null)
                {
                    leg.Complete();
                    yield break;
                }
                leg.Fail(failure, delivered: true);
                Leg<TItem> next =
                    await SucceedAsync(leg, call, queue, trace).ConfigureAwait(false)
                    ?? throw new FallbackException(failure, failure.Message, trace, null);
                var change = new FallbackSwitch(
                    leg.Target.ToString(),
                    next.Target.ToString(),
                    options.OnBreak is BreakPolicy.Restart,
                    failure.Failure
                );
                await leg.DisposeAsync().ConfigureAwait(false);
                leg = next;
                if (leg.Job.Announce(change) is { } announcement)
                    yield return announcement;
            }
        }
        finally
        {
            await leg.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async Task<Leg<TItem>?> SucceedAsync<TItem>(
        Leg<TItem> broken,
        FallbackCall call,
        CandidateQueue queue,
        FallbackTrace trace
    )
    {
        if (!queue.HasNext)
            return null;
        try
        {
            return await new Opening<TItem>(call, queue, trace)
                .TryRoundAsync((target, _) => broken.Job.Resume(call.Options.OnBreak, broken.Tally, target))
                .ConfigureAwait(false);
        }
        catch (ProviderException)
        {
            // The one that should have gone on refuses the part. The break is what the caller has to know of; the trace has both.
            return null;
        }
    }
}
