using System.Buffers;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>One stream on its way from a provider to the caller.</summary>
internal sealed class RelayedStream(
    Attempt attempt,
    TimeSpan? patience,
    ChatCall call,
    UpstreamClient upstream,
    Deadlines deadlines,
    TimeProvider time
) : IAsyncDisposable
{
    // Most streams trickle, and thousands may be open; those that come in bursts soon have more room.
    private const int FirstBuffer = 4 * 1024;
    private const int BurstBuffer = 16 * 1024;

    /// <summary>The longest event. Search results and images made by tools come in one event.</summary>
    private const int MaxEvent = 8 * 1024 * 1024;

    private static readonly ReadOnlyMemory<byte> Done = "data: [DONE]\n\n"u8.ToArray();

    private readonly Exchange _exchange = attempt.Exchange;
    private readonly string _provider = attempt.Route.Provider.Name;
    private readonly EventScanner _scanner = new(call.Hold);
    private readonly EventWriter _writer = new(
        attempt.Exchange,
        time,
        deadlines.Heartbeat,
        EventWriter.Comment,
        attempt.Exchange.Lifetime.Token
    );
    private readonly long _begun = time.GetTimestamp();

    // What came before enough words: roles, comments, words. Promising nothing yet leaves the way to another provider open.
    private MemoryStream? _held =
        patience is not null || call.Hold > 1 || attempt.Exchange.Response.HasStarted ? new MemoryStream() : null;

    public async Task RunAsync(HttpResponseMessage answer)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            await using Stream body = await answer.Content.ReadAsStreamAsync(_exchange.Lifetime.Token);
            int filled = 0;
            while (true)
            {
                if (filled == buffer.Length)
                    buffer = filled < MaxEvent ? AnswerBody.Grow(buffer) : throw UpstreamErrors.TooLarge(_provider);
                int read = await upstream.ReadAsync(
                    body,
                    buffer.AsMemory(filled),
                    _provider,
                    _exchange.Lifetime,
                    Patience()
                );
                if (read == 0)
                {
                    await EndAsync(filled);
                    return;
                }
                filled += read;
                bool burst = filled == buffer.Length && buffer.Length < BurstBuffer;
                int whole = _scanner.Scan(buffer.AsSpan(0, filled));
                if (whole > 0 || _scanner.State != StreamState.Running)
                {
                    await TakeAsync(buffer.AsMemory(0, whole));
                    if (_scanner.State != StreamState.Running)
                        return;
                    filled -= whole;
                    buffer.AsSpan(whole, filled).CopyTo(buffer);
                }
                if (burst)
                    buffer = AnswerBody.Grow(buffer);
            }
        }
        catch (OperationCanceledException) when (_exchange.Response.HasStarted)
        {
            throw _exchange.Lifetime.Explain(_provider);
        }
        finally
        {
            Account();
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private TimeSpan? Patience()
    {
        if (_held is null || _scanner.HasOutput)
            return call.Gap;
        TimeSpan? left = patience - time.GetElapsedTime(_begun);
        return left <= TimeSpan.Zero ? throw UpstreamErrors.HeadersTimeout(_provider) : left;
    }

    private async ValueTask TakeAsync(ReadOnlyMemory<byte> events)
    {
        if (_held is not null)
        {
            if (_scanner.State == StreamState.Malformed)
                throw UpstreamErrors.Malformed(_provider);
            _held.Write(events.Span);
            events = default;
            if (_scanner.Outputs >= call.Hold || _scanner.State == StreamState.Done)
            {
                events = _held.ToArray();
                _held = null;
            }
        }
        if (_held is null || _scanner.State != StreamState.Running)
            await PassOnAsync(events);
    }

    private async ValueTask PassOnAsync(ReadOnlyMemory<byte> events)
    {
        if (_scanner.HasOutput)
            _exchange.Meter.OutputBegan();
        if (_scanner.State != StreamState.Running)
            Account();
        if (_scanner.State == StreamState.Done)
        {
            // The mark of an end, and nothing before it that could end.
            if (_scanner.FinishReason is null && !_scanner.HasOutput)
                throw UpstreamErrors.Cut(_provider);
            _exchange.Meter.Settle(Outcome.Completed, StatusCodes.Status200OK);
        }
        if (!events.IsEmpty)
            await WriteAsync(events);
        if (_scanner.State == StreamState.Malformed)
            throw UpstreamErrors.Malformed(_provider);
        if (_scanner.State == StreamState.Failed)
            throw ProviderError.FromEvent(_scanner.ErrorData, _provider);
        if (_scanner.State == StreamState.Stopped)
            throw UpstreamErrors.StoppedEarly(_provider);
    }

    /// <summary>The provider closed its side without <c>[DONE]</c>.</summary>
    private async ValueTask EndAsync(int rest)
    {
        if (_scanner.FinishReason is null || _scanner.Endings < call.Choices || rest > 0)
            throw UpstreamErrors.Cut(_provider);
        if (_held is { Length: > 0 } held)
            await WriteAsync(held.ToArray());
        // The model did finish and only the mark is missing; clients that wait for it would call the answer broken.
        Account();
        _exchange.Meter.Settle(Outcome.Completed, StatusCodes.Status200OK);
        await WriteAsync(Done);
    }

    private ValueTask WriteAsync(ReadOnlyMemory<byte> events)
    {
        HttpResponse response = _exchange.Response;
        if (!response.HasStarted)
        {
            call.Committed();
            response.ContentType = "text/event-stream";
            response.Headers.CacheControl = "no-cache";
            // Asks nginx and its kin not to collect the events.
            response.Headers["x-accel-buffering"] = "no";
        }
        ReadOnlyMemory<byte> edited = call.Edit(events, _scanner.Usage);
        return edited.IsEmpty ? default : _writer.WriteAsync(edited);
    }

    private void Account()
    {
        _exchange.Meter.Reported = _scanner.Usage;
        _exchange.Meter.FinishReason = _scanner.FinishReason;
        _exchange.Meter.ServiceTier = _scanner.ServiceTier;
        _exchange.Meter.ToolUses = _scanner.Tools?.Counts;
        _exchange.Meter.CompletionBytes = _scanner.OutputBytes;
    }
}
