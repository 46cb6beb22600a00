using GroqKit.Http;
using Polly;

namespace GroqKit.Resilience;

/// <summary>One of several attempts at the same call.</summary>
internal sealed class HedgeRacer
{
    private readonly CancellationTokenSource _cancellation;

    private HedgeRacer(ApiCall call, Task<Outcome<ApiCall>> attempt, CancellationTokenSource cancellation)
    {
        Call = call;
        Attempt = attempt;
        _cancellation = cancellation;
    }

    /// <summary>A copy of the call, so that racers don't write over each other's answers.</summary>
    public ApiCall Call { get; }

    public Task<Outcome<ApiCall>> Attempt { get; }

    public static HedgeRacer Start(
        GuardedAttempt attempt,
        ApiCall call,
        int sentBefore,
        int paid,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ApiCall copy = call.Copy(sentBefore, paid);
        return new HedgeRacer(copy, RunAsync(attempt, copy, time, cancellation.Token), cancellation);
    }

    /// <summary>It ended first, so there is nothing left to cancel.</summary>
    public void Win() => _cancellation.Dispose();

    /// <summary>It lost: its connection is closed, and what it may still bring is thrown away.</summary>
    public void Leave() => _ = LeaveAsync();

    private static async Task<Outcome<ApiCall>> RunAsync(
        GuardedAttempt attempt,
        ApiCall call,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        Outcome<ApiCall> outcome = await attempt.RunAsync(call, cancellationToken).ConfigureAwait(false);
        if (outcome.Exception is not null || call.Probe is not { } probe)
            return outcome;
        // Headers may come long before a model begins to speak, and are no sign that it will.
        outcome = await FirstOutput.AwaitAsync(call, probe(), time, cancellationToken).ConfigureAwait(false);
        if (outcome.Exception is { } error)
        {
            call.Hold?.Failed(error);
            call.Hold = null;
        }
        return outcome;
    }

    private async Task LeaveAsync()
    {
        await _cancellation.CancelAsync().ConfigureAwait(false);
        Outcome<ApiCall> outcome = await Attempt.ConfigureAwait(false);
        if (outcome.Exception is null)
            Call.Discard();
        _cancellation.Dispose();
    }
}
