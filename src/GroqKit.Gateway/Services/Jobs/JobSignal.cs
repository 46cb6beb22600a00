namespace GroqKit.Gateway.Services.Jobs;

/// <summary>Wakes this node's workers when there may be something to do before they would look. Thread-safe.</summary>
internal sealed class JobSignal(TimeProvider time)
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Raise() =>
        Interlocked
            .Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))
            .TrySetResult();

    /// <summary>What the next <see cref="Raise"/> ends. Taken before looking for work, so that none is missed.</summary>
    public Task Next() => Volatile.Read(ref _next).Task;

    public async Task WaitAsync(Task next, TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(next, Task.Delay(atMost, time, end.Token));
        await end.CancelAsync();
    }
}
