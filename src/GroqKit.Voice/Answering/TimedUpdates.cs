using Microsoft.Extensions.AI;

namespace GroqKit.Voice.Answering;

/// <summary>A model's answer as it comes, with the time that it was waited for.</summary>
internal sealed class TimedUpdates(IAsyncEnumerable<ChatResponseUpdate> updates, TurnClock clock, TimeProvider time)
    : IAsyncDisposable
{
    private readonly IAsyncEnumerator<ChatResponseUpdate> _source = updates.GetAsyncEnumerator();
    private Task<bool>? _next;
    private long _begunAt = -1;

    public ChatResponseUpdate Current => _source.Current;

    /// <summary>Whether the next piece comes within a time; it is not lost when it does not.</summary>
    public async ValueTask<bool> ComesWithinAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        _next ??= _source.MoveNextAsync().AsTask();
        if (_next.IsCompleted)
            return true;
        if (_begunAt < 0)
            _begunAt = time.GetTimestamp();
        TimeSpan left = wait - time.GetElapsedTime(_begunAt);
        if (left <= TimeSpan.Zero)
            return false;
        long asked = time.GetTimestamp();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task delay = Task.Delay(left, time, over.Token);
        bool came = await Task.WhenAny(_next, delay).ConfigureAwait(false) == _next;
        await over.CancelAsync().ConfigureAwait(false);
        clock.WaitedForAnswer(time.GetElapsedTime(asked));
        return came;
    }

    public async ValueTask<bool> MoveNextAsync()
    {
        long asked = time.GetTimestamp();
        Task<bool> next = _next ?? _source.MoveNextAsync().AsTask();
        _next = null;
        try
        {
            return await next.ConfigureAwait(false);
        }
        finally
        {
            clock.WaitedForAnswer(time.GetElapsedTime(asked));
        }
    }

    public async ValueTask DisposeAsync()
    {
        // An enumerator can't be closed while it moves.
        if (_next is not null)
            await ((Task)_next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _source.DisposeAsync().ConfigureAwait(false);
    }
}
