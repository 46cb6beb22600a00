namespace GroqKit.Http;

/// <summary>A token that ends with one of the reader's two, or when a wait lasts too long. Waits that do not happen cost nothing.</summary>
internal sealed class IdleWatch : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _first;
    private readonly CancellationTokenRegistration _second;

    public IdleWatch(TimeSpan limit, TimeProvider time, CancellationToken first, CancellationToken second)
    {
        Limit = limit;
        _source = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _first = Link(first);
        _second = second == first ? default : Link(second);
    }

    public TimeSpan Limit { get; }

    public CancellationToken Token => _source.Token;

    public void BeginWait() => _source.CancelAfter(Limit);

    public void EndWait() => _source.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
        _source.Dispose();
    }

    private CancellationTokenRegistration Link(CancellationToken token) =>
        token.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _source);
}
