namespace GroqKit.Gateway.Services.Cache;

/// <summary>
/// One fetch that everybody who wants the same waits for. One of them may leave without ending it for the others; when nobody is left, it
/// is cancelled. Thread-safe.
/// </summary>
internal sealed class CacheFlight<T> : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource<T> _landed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _waiting = 1;

    /// <summary>Waits along; false when it is being given up.</summary>
    public bool TryJoin()
    {
        int waiting;
        do
        {
            waiting = Volatile.Read(ref _waiting);
            if (waiting == 0)
                return false;
        } while (Interlocked.CompareExchange(ref _waiting, waiting + 1, waiting) != waiting);
        return true;
    }

    /// <param name="fetch">Fetches; its token ends when nobody waits any more.</param>
    /// <param name="landed">Called before anybody hears of the end, however it ended.</param>
    public async Task RunAsync(Func<CancellationToken, ValueTask<T>> fetch, Action landed)
    {
        try
        {
            T value = await fetch(_end.Token);
            landed();
            _landed.TrySetResult(value);
        }
        catch (Exception failure)
        {
            landed();
            _landed.TrySetException(failure);
            // Whoever waits sees it; with nobody left it is nobody's business.
            _ = _landed.Task.Exception;
        }
    }

    /// <param name="abandoned">Called when the last one has left before the end.</param>
    /// <param name="cancellationToken">Of the one who waits.</param>
    public async Task<T> WaitAsync(Action abandoned, CancellationToken cancellationToken)
    {
        try
        {
            return await _landed.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            if (Interlocked.Decrement(ref _waiting) == 0)
            {
                if (!_landed.Task.IsCompleted)
                {
                    abandoned();
                    await _end.CancelAsync();
                }
                Dispose();
            }
        }
    }

    public void Dispose() => _end.Dispose();
}
