using System.Collections;

namespace GroqKit.Simulator.Requests;

/// <summary>
/// The last requests that reached the simulator, oldest first. Enumerating takes a snapshot; the entries themselves are live.
/// Safe for use from many threads.
/// </summary>
public sealed class RequestLog : IReadOnlyCollection<RecordedRequest>
{
    private readonly Lock _gate = new();
    private readonly Queue<RecordedRequest> _kept = new();
    private readonly List<Waiter> _waiters = [];
    private readonly int _capacity;

    internal RequestLog(int capacity) => _capacity = capacity;

    /// <summary>How many requests are kept at the moment.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _kept.Count;
        }
    }

    internal bool IsOn => _capacity > 0;

    /// <summary>
    /// Completes with the first request, present or future, for which <paramref name="predicate"/> is true. The predicate is asked
    /// again at every change of a request (arrival, model, fault, status, end); it must be quick and must not block.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled first.</exception>
    /// <exception cref="InvalidOperationException">The log is switched off (<see cref="Hosting.SimulatorOptions.RecordedRequests"/> is 0).</exception>
    public async Task<RecordedRequest> WaitForAsync(
        Func<RecordedRequest, bool> predicate,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(predicate);
        if (!IsOn)
            throw new InvalidOperationException("RecordedRequests is 0, so there is nothing to wait for.");
        var waiter = new Waiter(predicate);
        lock (_gate)
        {
            _waiters.Add(waiter);
            foreach (RecordedRequest request in _kept)
                waiter.Offer(request);
        }

        try
        {
            return await waiter.Found.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
                _waiters.Remove(waiter);
        }
    }

    /// <summary>Forgets what was recorded so far; requests that still run are forgotten too.</summary>
    public void Clear()
    {
        lock (_gate)
            _kept.Clear();
    }

    /// <inheritdoc />
    public IEnumerator<RecordedRequest> GetEnumerator()
    {
        RecordedRequest[] snapshot;
        lock (_gate)
            snapshot = [.. _kept];
        return ((IEnumerable<RecordedRequest>)snapshot).GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(RecordedRequest request)
    {
        lock (_gate)
        {
            if (_kept.Count == _capacity)
                _kept.Dequeue();
            _kept.Enqueue(request);
        }

        Changed(request);
    }

    internal void Changed(RecordedRequest request)
    {
        lock (_gate)
        {
            foreach (Waiter waiter in _waiters)
                waiter.Offer(request);
        }
    }

    private sealed class Waiter(Func<RecordedRequest, bool> predicate)
    {
        private readonly TaskCompletionSource<RecordedRequest> _found = new(
            TaskCreationOptions.RunContinuationsAsynchronously
        );

        public Task<RecordedRequest> Found => _found.Task;

        public void Offer(RecordedRequest request)
        {
            if (_found.Task.IsCompleted)
                return;
            try
            {
                if (predicate(request))
                    _found.TrySetResult(request);
            }
#pragma warning disable CA1031 // Whatever the caller's predicate throws belongs to the caller who waits.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _found.TrySetException(exception);
            }
        }
    }
}
