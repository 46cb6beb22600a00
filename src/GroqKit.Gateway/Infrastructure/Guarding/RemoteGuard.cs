using GroqKit.Gateway.Services.Sharing;

namespace GroqKit.Gateway.Infrastructure.Guarding;

/// <summary>
/// Keeps a store that is away or slow from slowing anybody down: no call waits longer than <see cref="Cap"/>, and after one that failed
/// nobody waits at all until the store has answered a probe, which no caller waits for. Thread-safe.
/// </summary>
/// <param name="name">What to call the store in the log.</param>
/// <param name="probe">Asks the store for a sign of life.</param>
/// <param name="isAnswer">Tells what the store itself says, which is a failed call but no failed store.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told when the store goes and comes back.</param>
internal sealed partial class RemoteGuard(
    string name,
    Func<Task> probe,
    Func<Exception, bool> isAnswer,
    TimeProvider time,
    ILogger logger
) : IDisposable
{
    /// <summary>The longest that a call waits.</summary>
    public static readonly TimeSpan Cap = TimeSpan.FromMilliseconds(50);

    // Between probes.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private const int LateAtMost = 3;

    private readonly CancellationTokenSource _end = new();
    private int _away;

    /// <summary>True while nobody is to wait for the store.</summary>
    public bool IsAway => Volatile.Read(ref _away) != 0;

    /// <summary>Asks the store, or not when it is away.</summary>
    /// <param name="ask">Begins the call; what it throws or returns as failed counts as a failure of the store.</param>
    /// <param name="cancellationToken">The caller's; its end says nothing about the store.</param>
    public async ValueTask<SharedAnswer<T>> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        if (IsAway)
            return SharedAnswer<T>.None;
        Task<T>? asked = null;
        try
        {
            // Drivers don't end a call at once when they are told to, so they aren't: it is left to end by itself.
            asked = ask();
            return new SharedAnswer<T>(true, await WaitAsync(asked, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Forget(asked);
            throw;
        }
        catch (Exception failure)
        {
            Forget(asked);
            if (isAnswer(failure))
                Refused(name, failure.Message);
            else
                Trip(failure is TimeoutException ? $"no answer in {Cap.TotalMilliseconds} ms" : failure.Message);
            return SharedAnswer<T>.None;
        }
    }

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    private async Task<T> WaitAsync<T>(Task<T> asked, CancellationToken cancellationToken)
    {
        for (int i = 0; i < LateAtMost; i++)
        {
            long began = time.GetTimestamp();
            try
            {
                return await asked.WaitAsync(Cap, time, cancellationToken);
            }
            catch (TimeoutException) when (time.GetElapsedTime(began) > 1.5 * Cap)
            {
                // This process was late itself, which says nothing about the store: the answer may be there.
            }
        }
        return await asked.WaitAsync(Cap, time, cancellationToken);
    }

    private void Trip(string reason)
    {
        if (Interlocked.Exchange(ref _away, 1) != 0 || _end.IsCancellationRequested)
            return;
        Gone(name, reason);
        _ = ProbeAsync(_end.Token);
    }

    private async Task ProbeAsync(CancellationToken end)
    {
        Task? asked = null;
        while (true)
        {
            await Task.Delay(Pause, time, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (end.IsCancellationRequested)
                return;
            try
            {
                // One question at a time: those to a store that stands still would pile up.
                asked ??= probe();
                await asked.WaitAsync(Cap, time, end);
                asked = null;
                Volatile.Write(ref _away, 0);
                Back(name);
                return;
            }
            catch (Exception)
            {
                if (asked is null or { IsCompleted: true })
                    asked = null;
            }
        }
    }

    // Nobody waits for it any more, and its failure has been counted.
    private static void Forget(Task? asked)
    {
        _ = asked?.ContinueWith(
            static task => _ = task.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
    }

    [LoggerMessage(1, LogLevel.Warning, "{Store} is away ({Reason}); until it is back nothing waits for it")]
    private partial void Gone(string store, string reason);

    [LoggerMessage(3, LogLevel.Error, "{Store} refuses: {Reason}")]
    private partial void Refused(string store, string reason);

    [LoggerMessage(2, LogLevel.Warning, "{Store} is back")]
    private partial void Back(string store);
}
