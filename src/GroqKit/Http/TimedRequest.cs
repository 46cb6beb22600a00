namespace GroqKit.Http;

/// <summary>A request that knows what it is waiting for. Its connection tells, on another thread.</summary>
internal sealed class TimedRequest(HttpMethod method, Uri uri) : HttpRequestMessage(method, uri)
{
    private volatile TimeoutPhase _phase = TimeoutPhase.Headers;

    public TimeoutPhase Phase
    {
        get => _phase;
        set => _phase = value;
    }
}
