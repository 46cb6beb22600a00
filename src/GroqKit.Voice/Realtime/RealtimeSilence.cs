namespace GroqKit.Voice.Realtime;

/// <summary>Waits for a caller to say something. Safe for all threads.</summary>
/// <param name="broken">Done when nothing was said for long enough.</param>
/// <param name="time">The clock.</param>
internal sealed class RealtimeSilence(Func<CancellationToken, Task> broken, TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private CancellationTokenSource? _waiting;
    private Task _breaking = Task.CompletedTask;

    /// <summary>Begins to wait, anew where it was begun.</summary>
    public void Begin(TimeSpan patience, CancellationToken session)
    {
        lock (_gate)
        {
            End();
            _waiting = CancellationTokenSource.CreateLinkedTokenSource(session);
            _breaking = WaitAsync(patience, _breaking, _waiting.Token, session);
        }
    }

    /// <summary>Somebody says something.</summary>
    public void End()
    {
        lock (_gate)
        {
            _waiting?.Cancel();
            _waiting?.Dispose();
            _waiting = null;
        }
    }

    /// <summary>Ends the wait, and waits for what it began.</summary>
    public async Task EndAsync()
    {
        End();
        await _breaking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => End();

    private async Task WaitAsync(TimeSpan patience, Task earlier, CancellationToken waiting, CancellationToken session)
    {
        await Task.Delay(patience, time, waiting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await earlier.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!waiting.IsCancellationRequested)
            await broken(session).ConfigureAwait(false);
    }
}
