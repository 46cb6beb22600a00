using System.Net.ServerSentEvents;
using GroqKit.Http;
using GroqKit.Telemetry;

namespace GroqKit;

/// <summary>
/// The body of an answer, read while it arrives, so that its size does not matter. To be read asynchronously, once, by one reader at a time;
/// disposing of it closes the connection.
/// </summary>
/// <remarks>
/// A read throws <see cref="GroqTimeoutException"/> when nothing comes for the call's idle time, <see cref="GroqNetworkException"/> when the
/// connection breaks, and <see cref="OperationCanceledException"/> when its token, or the call's, is cancelled.
/// </remarks>
public sealed class ContentStream : Stream
{
    private readonly ApiCall _call;
    private readonly HttpResponseMessage _response;
    private readonly Stream _body;
    private readonly TimeProvider _time;
    private readonly CancellationToken _callToken;
    private TimeSpan? _firstBytes;
    private long _read;
    private int _isOver;

    internal ContentStream(
        ApiCall call,
        Stream body,
        ResponseMetadata metadata,
        TimeProvider time,
        CancellationToken callToken
    )
    {
        _call = call;
        _response = call.Response!;
        _body = body;
        _time = time;
        _callToken = callToken;
        Metadata = metadata;
        call.Opened(metadata);
    }

    /// <summary>Status, headers, request id, rate limits, attempts, and the time to the headers.</summary>
    public ResponseMetadata Metadata { get; }

    /// <summary>The media type of the body with its parameters; null when the server did not tell.</summary>
    public string? ContentType => _response.Content.Headers.ContentType?.ToString();

    /// <summary>The size of the body in bytes; null when the server did not tell.</summary>
    public long? ContentLength => _response.Content.Headers.ContentLength;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <summary>Not supported: see <see cref="ContentLength"/>.</summary>
    public override long Length => throw new NotSupportedException();

    /// <summary>Not supported.</summary>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Reads the body as server-sent events.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    public IAsyncEnumerable<SseItem<string>> ReadEventsAsync(CancellationToken cancellationToken = default) =>
        SseParser.Create(this).EnumerateAsync(cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var idle = new IdleWatch(_call.IdleTimeout, _time, _callToken, cancellationToken);
        idle.BeginWait();
        int read;
        try
        {
            read = await _body.ReadAsync(buffer, idle.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or HttpRequestException)
        {
            Exception typed = Typed(error, idle, cancellationToken);
            if (TryEnd())
                _call.Failed(typed, Figures, Elapsed);
            throw typed;
        }
        _read += read;
        if (read > 0)
            _firstBytes ??= Elapsed;
        bool isWhole = (read == 0 && !buffer.IsEmpty) || _read == ContentLength;
        if (isWhole && TryEnd())
            _call.Succeeded(Figures, Elapsed, Metadata, answer: null);
        return read;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Not supported: read asynchronously.</summary>
    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("The body arrives over the network: read it asynchronously.");

    /// <inheritdoc/>
    public override void Flush() { }

    /// <summary>Not supported.</summary>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <summary>Not supported.</summary>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Not supported.</summary>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _response.Dispose();
            if (TryEnd())
                _call.Abandoned(Figures, Elapsed, Metadata, answer: null);
        }
        base.Dispose(disposing);
    }

    private TimeSpan Elapsed => _time.GetElapsedTime(_call.StartedAt);

    private CallFigures Figures => new() { FirstToken = _firstBytes };

    private bool TryEnd() => Interlocked.Exchange(ref _isOver, 1) == 0;

    private Exception Typed(Exception error, IdleWatch idle, CancellationToken readerToken)
    {
        if (readerToken.IsCancellationRequested)
            return new OperationCanceledException(error.Message, error, readerToken);
        if (_callToken.IsCancellationRequested)
            return new OperationCanceledException(error.Message, error, _callToken);
        var known = new ErrorDetails { IsRetryable = true, RequestId = Metadata.RequestId };
        return idle.Token.IsCancellationRequested
            ? new GroqTimeoutException(TimeoutPhase.Body, idle.Limit, known, error) { Attempts = Metadata.Attempts }
            : new GroqNetworkException("The connection broke within the body.", known, error)
            {
                Attempts = Metadata.Attempts,
            };
    }
}
