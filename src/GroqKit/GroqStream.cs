using GroqKit.Http;

namespace GroqKit;

/// <summary>
/// A streamed answer: enumerate it, or collect it, once. It ends in exactly one way, told by <see cref="Ending"/>. Leaving early, or disposing
/// of it, closes the connection. For one reader at a time; the properties may be read by any thread.
/// </summary>
/// <typeparam name="TPiece">What it is made of.</typeparam>
/// <typeparam name="TAnswer">What the pieces add up to.</typeparam>
public abstract class GroqStream<TPiece, TAnswer> : IAsyncEnumerable<TPiece>, IAsyncDisposable
    where TPiece : class
    where TAnswer : GroqResponse
{
    private readonly EventPump<TPiece> _pump;

    private protected GroqStream(EventPump<TPiece> pump) => _pump = pump;

    /// <summary>Status, request id, region, rate limits, attempts, and the time to the headers.</summary>
    public ResponseMetadata Metadata => _pump.Metadata;

    /// <summary>How the stream ended, or that it has not.</summary>
    public StreamEnding Ending => _pump.Ending;

    /// <summary>From the start of the call to the first text, thinking or tool; null before.</summary>
    public TimeSpan? FirstToken => _pump.FirstToken;

    /// <summary>From the start of the call to the end of the stream; null before.</summary>
    public TimeSpan? Total => _pump.Total;

    /// <summary>Tokens per second between first token and end; null before the end, or when the server gave no figures.</summary>
    public double? TokensPerSecond => _pump.Rate(OutputTokens);

    private protected abstract int? OutputTokens { get; }

    /// <summary>What has come so far, as if it were the whole answer.</summary>
    public TAnswer Snapshot()
    {
        TAnswer answer = Build();
        answer.Metadata = _pump.CurrentMetadata();
        return answer;
    }

    /// <summary>Reads the stream to its end and returns the whole answer.</summary>
    /// <param name="cancellationToken">Ends the stream, beside the token it was opened with.</param>
    /// <exception cref="GroqStreamException">The stream broke; the exception holds what came before.</exception>
    public async Task<TAnswer> CollectAsync(CancellationToken cancellationToken = default)
    {
        await foreach (TPiece _ in this.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            // Every piece is accumulated on its way.
        }
        return Snapshot();
    }

    /// <summary>Enumerates the pieces as they come.</summary>
    /// <param name="cancellationToken">Ends the stream, beside the token it was opened with.</param>
    /// <exception cref="InvalidOperationException">The stream has been enumerated or disposed of before.</exception>
    /// <exception cref="GroqStreamException">The stream broke; the exception holds what came before.</exception>
    public IAsyncEnumerator<TPiece> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        _pump.Read(cancellationToken);

    /// <summary>Closes the connection. A stream that has not ended counts as cancelled.</summary>
    public ValueTask DisposeAsync()
    {
        _pump.Close();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private protected abstract TAnswer Build();
}
