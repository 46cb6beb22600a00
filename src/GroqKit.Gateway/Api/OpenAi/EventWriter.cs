using GroqKit.Gateway.Services.Errors;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>
/// Writes events to the caller, and in long silences a comment, so that nothing between takes a slow model for a dead connection. Comments only ever
/// stand between whole events. <see cref="WriteAsync"/> is called by one thread at a time.
/// </summary>
/// <param name="exchange">The call.</param>
/// <param name="time">The clock.</param>
/// <param name="heartbeat">Between two looks whether something was written.</param>
/// <param name="beat">What is written in a silence: <see cref="Comment"/>, where events are server-sent.</param>
/// <param name="ending">Ends what is written.</param>
internal sealed class EventWriter(
    Exchange exchange,
    TimeProvider time,
    TimeSpan heartbeat,
    ReadOnlyMemory<byte> beat,
    CancellationToken ending
) : IAsyncDisposable
{
    public static readonly ReadOnlyMemory<byte> Comment = ": still waiting\n\n"u8.ToArray();

    private const int Free = 0;
    private const int Taken = 1;

    private int _state;
    private bool _wroteLately = true;
    private ITimer? _timer;
    private TaskCompletionSource? _beating;

    /// <param name="events">Whole events.</param>
    /// <exception cref="GatewayException">The caller left.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> events)
    {
        while (Interlocked.CompareExchange(ref _state, Taken, Free) != Free)
            await Volatile.Read(ref _beating)!.Task;
        Volatile.Write(ref _wroteLately, true);
        try
        {
            _timer ??= time.CreateTimer(static writer => ((EventWriter)writer!).OnTimer(), this, heartbeat, heartbeat);
            await exchange.SendAsync(events, ending);
        }
        finally
        {
            Volatile.Write(ref _state, Free);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_timer is not null)
            await _timer.DisposeAsync();
        // Never given back: whoever writes next is no event of this stream.
        while (Interlocked.CompareExchange(ref _state, Taken, Free) != Free)
            await Volatile.Read(ref _beating)!.Task;
    }

    private void OnTimer()
    {
        if (Volatile.Read(ref _wroteLately))
        {
            Volatile.Write(ref _wroteLately, false);
            return;
        }
        var beating = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource? before = Volatile.Read(ref _beating);
        if (before?.Task.IsCompleted is false)
            return;
        Volatile.Write(ref _beating, beating);
        if (Interlocked.CompareExchange(ref _state, Taken, Free) == Free)
            _ = BeatAsync(beating);
        else
            beating.SetResult();
    }

    private async Task BeatAsync(TaskCompletionSource done)
    {
        try
        {
            await exchange.Response.BodyWriter.WriteAsync(beat, ending);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The stream's own write or read will notice.
        }
        finally
        {
            Volatile.Write(ref _state, Free);
            done.SetResult();
        }
    }
}
