namespace GroqKit.Gateway.Dashboard.Sessions;

/// <summary>Bounds how many wrong keys can be tried on this node: 30 a minute. Thread-safe.</summary>
internal sealed class SignInPace(TimeProvider time)
{
    private const int Most = 30;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Queue<long> _failures = new();
    private readonly Lock _gate = new();

    public bool MayTry()
    {
        lock (_gate)
        {
            while (_failures.TryPeek(out long at) && time.GetElapsedTime(at) > Window)
                _failures.Dequeue();
            return _failures.Count < Most;
        }
    }

    public void Failed()
    {
        lock (_gate)
            _failures.Enqueue(time.GetTimestamp());
    }
}
