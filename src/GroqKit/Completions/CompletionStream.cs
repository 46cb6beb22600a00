using GroqKit.Chat;
using GroqKit.Http;

namespace GroqKit.Completions;

/// <summary>
/// A continued text that is streamed: enumerate it, or collect it, once. It ends in exactly one way, told by <see cref="Ending"/>. Leaving
/// early, or disposing of it, closes the connection. For one reader at a time; the properties may be read by any thread.
/// </summary>
public sealed class CompletionStream : IAsyncEnumerable<Completion>, IAsyncDisposable
{
    private readonly CompletionProtocol _protocol = new();
    private readonly EventPump<Completion> _pump;

    internal CompletionStream(ApiCall call, TimeSpan idleTimeout, TimeProvider time, CancellationToken callToken) =>
        _pump = new EventPump<Completion>(call, idleTimeout, time, _protocol, callToken);

    /// <summary>Status, request id, rate limits, attempts, and the time to the headers.</summary>
    public ResponseMetadata Metadata => _pump.Metadata;

    /// <summary>How the stream ended, or that it has not.</summary>
    public StreamEnding Ending => _pump.Ending;

    /// <summary>From the start of the call to the first text; null before.</summary>
    public TimeSpan? FirstToken => _pump.FirstToken;

    /// <summary>From the start of the call to the end of the stream; null before.</summary>
    public TimeSpan? Total => _pump.Total;

    /// <summary>Tokens as the server reports them at the end; null before, or when it does not.</summary>
    public ChatUsage? Usage => _protocol.Usage;

    /// <summary>Completion tokens per second between first token and end; null before the end, or when the server gave no figures.</summary>
    public double? TokensPerSecond => _pump.Rate(Usage?.CompletionTokens);

    /// <summary>What has come so far, as if it were the whole answer.</summary>
    public Completion Snapshot()
    {
        Completion answer = _protocol.Build();
        answer.Metadata = _pump.CurrentMetadata();
        return answer;
    }

    /// <summary>Reads the stream to its end and returns the whole answer.</summary>
    /// <param name="cancellationToken">Ends the stream, beside the token it was opened with.</param>
    /// <exception cref="GroqStreamException">The stream broke; the exception holds what came before.</exception>
    public async Task<Completion> CollectAsync(CancellationToken cancellationToken = default)
    {
        await foreach (Completion _ in this.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            // Every piece is accumulated on its way.
        }
        return Snapshot();
    }

    /// <summary>Enumerates the pieces as they come.</summary>
    /// <param name="cancellationToken">Ends the stream, beside the token it was opened with.</param>
    /// <exception cref="InvalidOperationException">The stream has been enumerated or disposed of before.</exception>
    /// <exception cref="GroqStreamException">The stream broke; the exception holds what came before.</exception>
    public IAsyncEnumerator<Completion> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        _pump.Read(cancellationToken);

    /// <summary>Closes the connection. A stream that has not ended counts as cancelled.</summary>
    public ValueTask DisposeAsync()
    {
        _pump.Close();
        return ValueTask.CompletedTask;
    }
}
