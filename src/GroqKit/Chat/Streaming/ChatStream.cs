using System.Net;
using System.Net.ServerSentEvents;
using GroqKit.Errors;
using GroqKit.Http;
using GroqKit.Telemetry;

namespace GroqKit.Chat;

/// <summary>
/// A streamed answer: enumerate it, or collect it, once. It ends in exactly one way, told by <see cref="Ending"/>. Leaving early, or disposing
/// of it, closes the connection. For one reader at a time; the properties may be read by any thread.
/// </summary>
public sealed class ChatStream : IAsyncEnumerable<ChatChunk>, IAsyncDisposable
{
    private const int MaxEventBytes = 16 * 1024 * 1024;

    private readonly ApiCall _call;
    private readonly TimeProvider _time;
    private readonly TimeSpan _idleTimeout;
    private readonly CancellationToken _callToken;
    private readonly ChunkParser _parser = new();
    private readonly ChatAccumulator _accumulator = new();
    private int _chunks;
    private long _contentLength;
    private int _isTaken;

    internal ChatStream(ApiCall call, TimeSpan idleTimeout, TimeProvider time, CancellationToken callToken)
    {
        _call = call;
        _idleTimeout = idleTimeout;
        _time = time;
        _callToken = callToken;
        Metadata = new ResponseMetadata(call.Response!, call.Attempts, time.GetElapsedTime(call.StartedAt));
        call.Opened(Metadata);
    }

    /// <summary>Status, request id, region, rate limits, attempts, and the time to the headers.</summary>
    public ResponseMetadata Metadata { get; }

    /// <summary>How the stream ended, or that it has not.</summary>
    public ChatStreamEnding Ending { get; private set; }

    /// <summary>From the start of the call to the first text, thinking or tool; null before.</summary>
    public TimeSpan? FirstToken { get; private set; }

    /// <summary>From the start of the call to the end of the stream; null before.</summary>
    public TimeSpan? Total { get; private set; }

    /// <summary>Tokens as the server reports them at the end; null before.</summary>
    public ChatUsage? Usage => _accumulator.Usage;

    /// <summary>Completion tokens per second between first token and end; null before the end, or when the server gave no figures.</summary>
    public double? TokensPerSecond =>
        Usage is { CompletionTokens: > 0 } usage && Total is { } total && FirstToken is { } first && total > first
            ? usage.CompletionTokens / (total - first).TotalSeconds
            : null;

    /// <summary>What has come so far, as if it were the whole answer.</summary>
    public ChatCompletion Snapshot()
    {
        ChatCompletion answer = _accumulator.Build();
        answer.Metadata = new ResponseMetadata(
            _call.Response!,
            _call.Attempts,
            Total ?? _time.GetElapsedTime(_call.StartedAt),
            FirstToken
        );
        return answer;
    }

    /// <summary>Reads the stream to its end and returns the whole answer.</summary>
    /// <param name="cancellationToken">Ends the stream, beside the token it was opened with.</param>
    /// <exception cref="GroqStreamException">The stream broke; the exception holds what came before.</exception>
    public async Task<ChatCompletion> CollectAsync(CancellationToken cancellationToken = default)
    {
        await foreach (ChatChunk _ in this.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            // Every piece is accumulated on its way.
        }
        return Snapshot();
    }

    /// <summary>Enumerates the pieces as they come.</summary>
    /// <param name="cancellationToken">Ends the stream, beside the token it was opened with.</param>
    /// <exception cref="InvalidOperationException">The stream has been enumerated or disposed of before.</exception>
    /// <exception cref="GroqStreamException">The stream broke; the exception holds what came before.</exception>
    public IAsyncEnumerator<ChatChunk> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _isTaken, 1) != 0)
            throw new InvalidOperationException("A stream can be read once.");
        return ReadAsync(cancellationToken);
    }

    /// <summary>Closes the connection. A stream that has not ended counts as cancelled.</summary>
    public ValueTask DisposeAsync()
    {
        Interlocked.Exchange(ref _isTaken, 1);
        End(ChatStreamEnding.Cancelled);
        return ValueTask.CompletedTask;
    }

    private async IAsyncEnumerator<ChatChunk> ReadAsync(CancellationToken readerToken)
    {
        using var idle = new IdleWatch(_idleTimeout, _time, _callToken, readerToken);
        IAsyncEnumerator<SseItem<ChatChunk?>>? events = null;
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
                            .Create(body, _parser.Parse)
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
                ChatChunk? chunk = isOver ? null : events.Current.Data;
                body!.Reset();
                if (chunk is not null)
                    Observe(chunk);
                if (isOver || _parser.IsDone || _parser.Failure is not null)
                {
                    Finish();
                    yield break;
                }
                if (chunk is not null)
                    yield return chunk;
            }
        }
        finally
        {
            End(ChatStreamEnding.Cancelled);
            if (events is not null)
                await events.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void Observe(ChatChunk chunk)
    {
        _accumulator.Add(chunk);
        if (HasOutput(chunk))
        {
            FirstToken ??= _time.GetElapsedTime(_call.StartedAt);
            _chunks++;
            _contentLength += chunk.Choices[0].Delta.Content?.Length ?? 0;
            _call.Telemetry?.Chunk();
        }
        if (chunk.XGroq?.Error is { } error)
            throw Failed(StreamFailure.ServerError, error, null, retryable: false);
    }

    private static bool HasOutput(ChatChunk chunk)
    {
        if (chunk.Choices is not { Count: > 0 })
            return false;
        ChatDelta delta = chunk.Choices[0].Delta;
        return delta is { Content.Length: > 0 } or { Reasoning.Length: > 0 }
            || delta.ToolCalls is { Count: > 0 }
            || delta.ExecutedTools is { Count: > 0 };
    }

    private void Finish()
    {
        if (_parser.Failure is { } failure)
            throw Failed(failure);
        if (_parser.IsDone && _accumulator.IsFinished)
            End(ChatStreamEnding.Completed);
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
            End(ChatStreamEnding.Cancelled, cancelled);
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

    private GroqStreamException Failed(ChunkFailure failure)
    {
        if (failure.Error is not { } error)
            return Failed(failure.Reason, failure.Message, failure.Cause, retryable: false);
        var known = new ErrorDetails { Body = failure.Body, RequestId = Metadata.RequestId };
        GroqException? typed = error.StatusCode is { } status
            ? ErrorMapping.Map((HttpStatusCode)status, error, known, shouldRetry: null)
            : null;
        return Failed(
            failure.Reason,
            known with
            {
                Status = typed?.Status,
                Code = error.Code,
                Type = error.Type,
                Parameter = error.Parameter,
                FailedGeneration = error.FailedGeneration,
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
        var error = new GroqStreamException(reason, message, Snapshot(), details, inner) { Attempts = _call.Attempts };
        End(ChatStreamEnding.Failed, error);
        return error;
    }

    private void End(ChatStreamEnding ending, Exception? error = null)
    {
        if (Ending != ChatStreamEnding.Open)
            return;
        Ending = ending;
        TimeSpan total = _time.GetElapsedTime(_call.StartedAt);
        Total = total;
        _call.Response!.Dispose();
        ChatCompletion? answer = _call.Telemetry is null ? null : Snapshot();
        if (error is not null)
            _call.Failed(error, Figures(), total, answer);
        else if (ending == ChatStreamEnding.Completed)
            _call.Succeeded(Figures(), total, Metadata, answer);
        else
            _call.Abandoned(Figures(), total, Metadata, answer);
    }

    private CallFigures Figures() =>
        _accumulator.Figures with
        {
            FirstToken = FirstToken,
            TokensPerSecond = TokensPerSecond,
            Chunks = _chunks,
            ContentLength = _contentLength,
        };
}
