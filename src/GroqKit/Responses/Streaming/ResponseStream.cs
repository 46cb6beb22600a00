using GroqKit.Http;

namespace GroqKit.Responses;

/// <summary>
/// A streamed response: enumerate it, or collect it, once. It ends in exactly one way, told by <see cref="Ending"/>. Leaving early, or disposing
/// of it, closes the connection. A response that was cut ends as completed, and says so in its status; one that failed is raised. For one reader at a time; the properties may be read by any thread.
/// </summary>
public sealed class ResponseStream : IAsyncEnumerable<ResponseEvent>, IAsyncDisposable
{
    private readonly ResponseProtocol _protocol = new();
    private readonly EventPump<ResponseEvent> _pump;

    internal ResponseStream(ApiCall call, TimeSpan idleTimeout, TimeProvider time, CancellationToken callToken) =>
        _pump = new EventPump<ResponseEvent>(call, idleTimeout, time, _protocol, callToken);

    /// <summary>Status, request id, region, rate limits, attempts, and the time to the headers.</summary>
    public ResponseMetadata Metadata => _pump.Metadata;

    /// <summary>How the stream ended, or that it has not.</summary>
    public StreamEnding Ending => _pump.Ending;

    /// <summary>From the start of the call to the first text, thinking or tool; null before.</summary>
    public TimeSpan? FirstToken => _pump.FirstToken;

    /// <summary>From the start of the call to the end of the stream; null before.</summary>
    public TimeSpan? Total => _pump.Total;

    /// <summary>Tokens as the server reports them at the end; null before.</summary>
    public ResponseUsage? Usage => _protocol.Usage;

    /// <summary>Tokens per second between first token and end; null before the end, or when the server gave no figures.</summary>
    public double? TokensPerSecond => _pump.Rate(Usage?.OutputTokens);

    /// <summary>What has come so far, as if it were the whole answer.</summary>
    public Response Snapshot()
    {
        Response answer = _protocol.Build();
        answer.Metadata = _pump.CurrentMetadata();
        return answer;
    }

    /// <summary>Reads the stream to its end and returns the whole answer.</summary>
    /// <param name="cancellationToken">Ends the stream, beside the token it was opened with.</param>
    /// <exception cref="GroqStreamException">The stream broke; the exception holds what came before.</exception>
    public async Task<Response> CollectAsync(CancellationToken cancellationToken = default)
    {
        await foreach (ResponseEvent _ in this.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            // Every event is accumulated on its way.
        }
        return Snapshot();
    }

    /// <summary>Enumerates the events as they come.</summary>
    /// <param name="cancellationToken">Ends the stream, beside the token it was opened with.</param>
    /// <exception cref="InvalidOperationException">The stream has been enumerated or disposed of before.</exception>
    /// <exception cref="GroqStreamException">The stream broke; the exception holds what came before.</exception>
    public IAsyncEnumerator<ResponseEvent> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        _pump.Read(cancellationToken);

    /// <summary>Closes the connection. A stream that has not ended counts as cancelled.</summary>
    public ValueTask DisposeAsync()
    {
        _pump.Close();
        return ValueTask.CompletedTask;
    }
}
