using System.Net;
using System.Net.ServerSentEvents;
using GroqKit.Errors;
using GroqKit.Telemetry;

namespace GroqKit.Http;

/// <summary>
/// Reads the events of one answer, once, and sees to it that they end in exactly one way. For one reader at a time; the properties may be
/// read by any thread.
/// </summary>
internal sealed class EventPump<TPiece>
    where TPiece : class
{
    private const int MaxEventBytes = 16 * 1024 * 1024;

    private readonly ApiCall _call;
    private readonly TimeSpan _idleTimeout;
    private readonly TimeProvider _time;
    private readonly IEventProtocol<TPiece> _protocol;
    private readonly CancellationToken _callToken;
    private int _isTaken;
    private int _pieces;

    public EventPump(
        ApiCall call,
        TimeSpan idleTimeout,
        TimeProvider time,
        IEventProtocol<TPiece> protocol,
        CancellationToken callToken
    )
    {
        _call = call;
        _idleTimeout = idleTimeout;
        _time = time;
        _protocol = protocol;
        _callToken = callToken;
        Metadata = new ResponseMetadata(call.Response!, call.Attempts, time.GetElapsedTime(call.StartedAt));
        call.Opened(Metadata);
    }

    public ResponseMetadata Metadata { get; }

    public StreamEnding Ending { get; private set; }

    public TimeSpan? FirstToken { get; private set; }

    public TimeSpan? Total { get; private set; }

    /// <summary>What is known about the answer at this moment.</summary>
    public ResponseMetadata CurrentMetadata() =>
        new(
            _call.Response!,
            _call.Attempts,
            Total ?? _time.GetElapsedTime(_call.StartedAt),
            FirstToken,
            Figures().TokensPerSecond
        );

    /// <summary>Tokens per second between the first and the end; null when one of them is not known.</summary>
    public double? Rate(int? tokens) =>
        tokens is > 0 && Total is { } total && FirstToken is { } first && total > first
            ? tokens / (total - first).TotalSeconds
            : null;

    public IAsyncEnumerator<TPiece> Read(CancellationToken readerToken)
    {
        if (Interlocked.Exchange(ref _isTaken, 1) != 0)
            throw new InvalidOperationException("A stream can be read once.");
        return ReadAsync(readerToken);
    }

    public void Close()
    {
        Interlocked.Exchange(ref _isTaken, 1);
        End(StreamEnding.Cancelled);
    }

    private async IAsyncEnumerator<TPiece> ReadAsync(CancellationToken readerToken)
    {
        using var idle = new IdleWatch(_idleTimeout, _time, _callToken, readerToken);
        IAsyncEnumerator<SseItem<TPiece?>>? events = null;
        EventSizeLimit? body = null;
        try
        {
            while (true)
            {
                bool isOver;
                try
                {
                    if (events is null)
                    {
                        Stream stream = await _call
                            .Response!.Content.ReadAsStreamAsync(idle.Token)
                            .ConfigureAwait(false);
                        body = new EventSizeLimit(stream, MaxEventBytes);
                        events = SseParser
                            .Create(body, _protocol.Parse)
                            .EnumerateAsync(idle.Token)
                            .GetAsyncEnumerator(CancellationToken.None);
                    }
                    ValueTask<bool> next = events.MoveNextAsync();
                    if (next.IsCompletedSuccessfully)
                    {
                        isOver = !next.Result;
                    }
                    else
                    {
                        idle.BeginWait();
                        isOver = !await next.ConfigureAwait(false);
                        idle.EndWait();
                    }
                }
                catch (Exception error)
                {
                    throw Broken(error, idle, readerToken);
                }
                TPiece? piece = isOver ? null : events.Current.Data;
                body!.Reset();
                if (piece is not null && _protocol.Add(piece))
                    Output();
                bool isLast = isOver || _protocol.IsDone || _protocol.Failure is not null;
                if (isLast)
                    Finish();
                if (piece is not null)
                    yield return piece;
                if (isLast)
                    yield break;
            }
        }
        finally
        {
            End(StreamEnding.Cancelled);
            if (events is not null)
                await events.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void Output()
    {
        FirstToken ??= _time.GetElapsedTime(_call.StartedAt);
        _pieces++;
        _call.Telemetry?.Chunk();
    }

    private void Finish()
    {
        if (_protocol.Failure is { } failure)
            throw Failed(failure);
        if (_protocol.IsDone && _protocol.IsComplete)
            End(StreamEnding.Completed);
        else
            throw Failed(StreamFailure.Truncated, "The stream ended before the answer did.", null, retryable: true);
    }

    private Exception Broken(Exception error, IdleWatch idle, CancellationToken readerToken)
    {
        if (
            _callToken.IsCancellationRequested
            || readerToken.IsCancellationRequested
            || error is ObjectDisposedException
        )
        {
            var cancelled = new OperationCanceledException(
                "The stream was cancelled.",
                error,
                readerToken.IsCancellationRequested ? readerToken : _callToken
            );
            End(StreamEnding.Cancelled, cancelled);
            return cancelled;
        }
        if (idle.Token.IsCancellationRequested)
        {
            var timeout = new GroqTimeoutException(
                FirstToken is null ? TimeoutPhase.FirstChunk : TimeoutPhase.BetweenChunks,
                idle.Limit,
                innerException: error
            );
            return Failed(StreamFailure.Idle, timeout.Message, timeout, retryable: true);
        }
        return error is InvalidDataException
            ? Failed(StreamFailure.Malformed, error.Message, error, retryable: false)
            : Failed(StreamFailure.ConnectionLost, "The connection broke within the stream.", error, retryable: true);
    }

    private GroqStreamException Failed(EventFailure failure)
    {
        if (failure.Error is not { } error)
            return Failed(failure.Reason, failure.Message, failure.Cause, retryable: false);
        var known = new ErrorDetails { Body = failure.Body, RequestId = Metadata.RequestId };
        GroqException? typed = error.StatusCode is { } status
            ? ErrorMapping.Map((HttpStatusCode)status, error, known, shouldRetry: null)
            : null;
        return Failed(
            failure.Reason,
            error.Join(known) with
            {
                Status = typed?.Status,
                IsRetryable = typed?.IsRetryable ?? false,
            },
            failure.Message,
            typed
        );
    }

    private GroqStreamException Failed(StreamFailure reason, string message, Exception? inner, bool retryable) =>
        Failed(reason, new ErrorDetails { RequestId = Metadata.RequestId, IsRetryable = retryable }, message, inner);

    private GroqStreamException Failed(StreamFailure reason, ErrorDetails details, string message, Exception? inner)
    {
        GroqResponse partial = _protocol.Snapshot();
        partial.Metadata = CurrentMetadata();
        var error = new GroqStreamException(reason, message, partial, details, inner) { Attempts = _call.Attempts };
        End(StreamEnding.Failed, error);
        return error;
    }

    private void End(StreamEnding ending, Exception? error = null)
    {
        if (Ending != StreamEnding.Open)
            return;
        Ending = ending;
        TimeSpan total = _time.GetElapsedTime(_call.StartedAt);
        Total = total;
        _call.Response!.Dispose();
        GroqResponse? answer = _call.Telemetry is null ? null : _protocol.Snapshot();
        if (error is not null)
            _call.Failed(error, Figures(), total, answer);
        else if (ending == StreamEnding.Completed)
            _call.Succeeded(Figures(), total, Metadata, answer);
        else
            _call.Abandoned(Figures(), total, Metadata, answer);
    }

    private CallFigures Figures()
    {
        CallFigures known = _protocol.Figures;
        return known with { FirstToken = FirstToken, TokensPerSecond = Rate(known.Tokens?.Output), Chunks = _pieces };
    }
}
