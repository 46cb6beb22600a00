namespace GroqKit.Providers.Http;

/// <summary>Cancels when time is up or the caller gives up, and knows which of them it was.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;
    private readonly CancellationToken _caller;

    public Deadline(TimeSpan limit, TimeProvider time, CancellationToken caller)
    {
        _source = new CancellationTokenSource(limit, time);
        _caller = caller;
        _registration = caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Begins to count anew, for a stream whose pieces each have a deadline.</summary>
    public void Extend(TimeSpan limit) => _source.CancelAfter(limit);

    /// <summary>What a cancellation was: the caller's, or a time-out.</summary>
    public Exception Explain(OperationCanceledException cancelled, string waitingFor, ProviderFailureDetails details) =>
        _caller.IsCancellationRequested
            ? new OperationCanceledException(cancelled.Message, cancelled, _caller)
            : new ProviderException(
                ProviderFailure.Timeout,
                $"{details.Provider}: no progress in time while waiting for {waitingFor}.",
                details,
                cancelled
            );

    public void Dispose()
    {
        _registration.Dispose();
        _source.Dispose();
    }
}
