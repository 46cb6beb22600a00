using System.Buffers;
using System.IO.Pipelines;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>
/// Relays an event stream as it comes: every event goes out the moment it is whole. Nothing is promised before the first event, so
/// until then a failure is a plain error answer; afterwards it is one error event, and the answer is left visibly unfinished.
/// </summary>
internal sealed class StreamRelay(UpstreamClient upstream, TimeProvider time)
{
    private const int BufferSize = 8 * 1024;

    /// <summary>The longest event. Search results and images made by tools come in one event.</summary>
    private const int MaxEvent = 8 * 1024 * 1024;

    /// <param name="exchange">The call.</param>
    /// <param name="answer">The provider's answer.</param>
    /// <param name="provider">Its name.</param>
    /// <param name="patience">
    /// How long the first words may take, because somebody else is left to ask; until they come nothing is passed on. Null when nobody is.
    /// </param>
    public async Task RunAsync(Exchange exchange, HttpResponseMessage answer, string provider, TimeSpan? patience)
    {
        // What came before the first words: roles, comments. Promising nothing yet leaves the way to another provider open.
        MemoryStream? held = patience is null ? null : new MemoryStream();
        long begun = time.GetTimestamp();
        var scanner = new EventScanner();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            await using Stream body = await answer.Content.ReadAsStreamAsync(exchange.Lifetime.Token);
            int filled = 0;
            while (true)
            {
                if (filled == buffer.Length)
                    buffer = filled < MaxEvent ? AnswerBody.Grow(buffer) : throw UpstreamErrors.TooLarge(provider);
                TimeSpan? left = held is null ? null : patience - time.GetElapsedTime(begun);
                if (left <= TimeSpan.Zero)
                    throw UpstreamErrors.HeadersTimeout(provider);
                int read = await upstream.ReadAsync(body, buffer.AsMemory(filled), provider, exchange.Lifetime, left);
                if (read == 0)
                {
                    if (held is { Length: > 0 } && scanner.FinishReason is not null)
                        await WriteAsync(exchange, held.ToArray());
                    await EndAsync(exchange, scanner, buffer.AsMemory(0, filled), provider);
                    return;
                }
                filled += read;
                int whole = scanner.Scan(buffer.AsSpan(0, filled));
                if (whole > 0 || scanner.State != StreamState.Running)
                {
                    ReadOnlyMemory<byte> events = buffer.AsMemory(0, whole);
                    if (held is not null)
                    {
                        if (scanner.State == StreamState.Malformed)
                            throw UpstreamErrors.Malformed(provider);
                        held.Write(events.Span);
                        events = default;
                        if (scanner.HasOutput || scanner.State == StreamState.Done)
                        {
                            events = held.ToArray();
                            held = null;
                        }
                    }
                    if (held is null || scanner.State != StreamState.Running)
                        await PassOnAsync(exchange, scanner, events, provider);
                    if (scanner.State != StreamState.Running)
                        return;
                    filled -= whole;
                    buffer.AsSpan(whole, filled).CopyTo(buffer);
                }
            }
        }
        catch (Exception failure)
            when (exchange.Response.HasStarted && failure is GatewayException or OperationCanceledException)
        {
            Account(exchange, scanner);
            await CutAsync(exchange, failure as GatewayException ?? exchange.Lifetime.Explain(provider));
        }
        finally
        {
            Account(exchange, scanner);
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async ValueTask PassOnAsync(
        Exchange exchange,
        EventScanner scanner,
        ReadOnlyMemory<byte> events,
        string provider
    )
    {
        bool begun = exchange.Response.HasStarted;
        if (scanner.State == StreamState.Failed && !begun && !scanner.HasOutput)
            throw ProviderError.FromEvent(scanner.ErrorData, provider);
        if (scanner.HasOutput)
            exchange.Meter.OutputBegan();
        if (scanner.State != StreamState.Running)
            Account(exchange, scanner);
        if (scanner.State == StreamState.Done)
            exchange.Meter.Settle(
                scanner.StoppedEarly ? Outcome.UpstreamFailed : Outcome.Completed,
                StatusCodes.Status200OK,
                scanner.StoppedEarly ? "upstream_stopped_early" : null
            );
        else if (scanner.State == StreamState.Failed)
            exchange.Meter.Settle(
                Outcome.UpstreamRefused,
                StatusCodes.Status200OK,
                ProviderError.FromEvent(scanner.ErrorData, provider).Error.Code
            );
        if (!events.IsEmpty)
            await WriteAsync(exchange, events);
        if (scanner.State == StreamState.Malformed)
            throw UpstreamErrors.Malformed(provider);
        if (scanner.State == StreamState.Failed)
            throw new AnswerCutException(ProviderError.FromEvent(scanner.ErrorData, provider));
    }

    /// <summary>The provider closed its side without <c>[DONE]</c>.</summary>
    private static async ValueTask EndAsync(
        Exchange exchange,
        EventScanner scanner,
        ReadOnlyMemory<byte> rest,
        string provider
    )
    {
        if (scanner.FinishReason is null || scanner.StoppedEarly || !rest.IsEmpty)
            throw UpstreamErrors.Cut(provider);
        // The model did finish and only the mark is missing; clients that wait for it would call the answer broken.
        Account(exchange, scanner);
        exchange.Meter.Settle(Outcome.Completed, StatusCodes.Status200OK);
        await WriteAsync(exchange, "data: [DONE]\n\n"u8.ToArray());
    }

    private static async ValueTask CutAsync(Exchange exchange, GatewayException failure)
    {
        exchange.Meter.Settle(failure.Outcome, StatusCodes.Status200OK, failure.Error.Code);
        if (failure.Outcome == Outcome.ClientGone)
        {
            exchange.Context.Abort();
            return;
        }
        byte[] last = ErrorAnswer.ToEvent(failure.Error, exchange.Meter.RequestId);
        await exchange.Response.BodyWriter.WriteAsync(last, exchange.Context.RequestAborted);
        throw new AnswerCutException(failure);
    }

    private static async ValueTask WriteAsync(Exchange exchange, ReadOnlyMemory<byte> events)
    {
        HttpResponse response = exchange.Response;
        if (!response.HasStarted)
        {
            response.ContentType = "text/event-stream";
            response.Headers.CacheControl = "no-cache";
            // Asks nginx and its kin not to collect the events.
            response.Headers["x-accel-buffering"] = "no";
        }
        ValueTask<FlushResult> flush = response.BodyWriter.WriteAsync(events, exchange.Lifetime.Token);
        if (!flush.IsCompleted)
        {
            // The caller reads slowly; that is its time, not the gateway's.
            exchange.Meter.BeginWait();
            try
            {
                await flush;
            }
            finally
            {
                exchange.Meter.EndWait();
            }
        }
        else if ((await flush).IsCompleted)
        {
            throw UpstreamErrors.CallerLeft();
        }
    }

    private static void Account(Exchange exchange, EventScanner scanner)
    {
        exchange.Meter.Reported = scanner.Usage;
        exchange.Meter.FinishReason = scanner.FinishReason;
        exchange.Meter.ServiceTier = scanner.ServiceTier;
        exchange.Meter.ToolUses = scanner.Tools?.Counts;
        exchange.Meter.CompletionBytes = scanner.OutputBytes;
    }
}
