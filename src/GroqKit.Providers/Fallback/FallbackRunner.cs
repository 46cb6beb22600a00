using System.Runtime.CompilerServices;
using GroqKit.Providers.Steering;

namespace GroqKit.Providers.Fallback;

/// <summary>
/// The one state machine behind every service: candidates are asked until one puts out something useful, that one serves to its end, and a
/// break in between is mended as the caller wishes or becomes one clear error. Safe for all threads.
/// </summary>
internal sealed class FallbackRunner(FallbackPlanner planner, ProviderControls controls, TimeProvider time)
{
    /// <summary>An answer in one piece.</summary>
    /// <exception cref="FallbackException">Nobody serves.</exception>
    public async Task<TItem> RunWholeAsync<TItem>(
        WholeJob<TItem> job,
        FallbackChain chain,
        FallbackOptions options,
        FallbackTrace trace,
        CancellationToken cancellationToken
    )
    {
        var call = new FallbackCall(options, trace, controls, time, cancellationToken);
        Leg<TItem> leg = await new Opening<TItem>(call, planner.Plan(chain, trace.Conversation), job)
            .OpenAsync()
            .ConfigureAwait(false);
        leg.Complete();
        TItem answer = leg.Whole;
        job.Label(answer, trace);
        await leg.DisposeAsync().ConfigureAwait(false);
        return answer;
    }

    /// <summary>An answer in pieces.</summary>
    /// <exception cref="FallbackException">Nobody serves, or an answer broke and nobody could go on.</exception>
    public async IAsyncEnumerable<TItem> RunAsync<TItem>(
        StreamedJob<TItem> job,
        FallbackChain chain,
        FallbackOptions options,
        FallbackTrace trace,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var call = new FallbackCall(options, trace, controls, time, cancellationToken);
        CandidateQueue queue = planner.Plan(chain, trace.Conversation);
        Leg<TItem> leg = await new Opening<TItem>(call, queue, job).OpenAsync().ConfigureAwait(false);
        try
        {
            if (leg.Held.Count > 0)
                job.Label(leg.Held[0], trace);
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
                    await SucceedAsync(leg, call, queue).ConfigureAwait(false)
                    ?? throw new FallbackException(failure, failure.Message, trace, null);
                var change = new FallbackSwitch(
                    leg.Target.ToString(),
                    next.Target.ToString(),
                    options.OnBreak is BreakPolicy.Restart,
                    failure.Failure
                );
                await leg.DisposeAsync().ConfigureAwait(false);
                leg = next;
                if (((StreamedJob<TItem>)leg.Job).Announce(change) is { } announcement)
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
        CandidateQueue queue
    )
    {
        if (!queue.HasNext)
            return null;
        call.BeginAnew();
        try
        {
            var job = (StreamedJob<TItem>)broken.Job;
            return await new Opening<TItem>(
                call,
                queue,
                target => job.Resume(call.Options.OnBreak, broken.Tally, target)
            )
                .TryRoundAsync()
                .ConfigureAwait(false);
        }
        catch (ProviderException)
        {
            // The one that should have gone on refuses the part. The break is what the caller has to know of; the trace has both.
            return null;
        }
    }
}
