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

    /// <param name="attempt">Who is asked, for which call.</param>
    /// <param name="answer">The provider's answer.</param>
    /// <param name="patience">
    /// How long the first words may take, because somebody else is left to ask; until they come nothing is passed on. Null when nobody is.
    /// </param>
    /// <param name="call">Told when the answer begins to leave.</param>
    /// <exception cref="GatewayException">The answer broke, before or after words were passed on.</exception>
    public async Task RunAsync(Attempt attempt, HttpResponseMessage answer, TimeSpan? patience, ChatCall call)
    {
        Exchange exchange = attempt.Exchange;
        string provider = attempt.Route.Provider.Name;
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
                        await WriteAsync(exchange, held.ToArray(), call);
                    await EndAsync(exchange, scanner, buffer.AsMemory(0, filled), provider, call);
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
                        await PassOnAsync(exchange, scanner, events, provider, call);
                    if (scanner.State != StreamState.Running)
                        return;
                    filled -= whole;
                    buffer.AsSpan(whole, filled).CopyTo(buffer);
                }
            }
        }
        catch (OperationCanceledException) when (exchange.Response.HasStarted)
        {
            throw exchange.Lifetime.Explain(provider);
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
        string provider,
        ChatCall call
    )
    {
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
        if (!events.IsEmpty)
            await WriteAsync(exchange, events, call);
        if (scanner.State == StreamState.Malformed)
            throw UpstreamErrors.Malformed(provider);
        if (scanner.State == StreamState.Failed)
            throw ProviderError.FromEvent(scanner.ErrorData, provider);
    }

    /// <summary>The provider closed its side without <c>[DONE]</c>.</summary>
    private static async ValueTask EndAsync(
        Exchange exchange,
        EventScanner scanner,
        ReadOnlyMemory<byte> rest,
        string provider,
        ChatCall call
    )
    {
        if (scanner.FinishReason is null || scanner.StoppedEarly || !rest.IsEmpty)
            throw UpstreamErrors.Cut(provider);
        // The model did finish and only the mark is missing; clients that wait for it would call the answer broken.
        Account(exchange, scanner);
        exchange.Meter.Settle(Outcome.Completed, StatusCodes.Status200OK);
        await WriteAsync(exchange, "data: [DONE]\n\n"u8.ToArray(), call);
    }

    private static async ValueTask WriteAsync(Exchange exchange, ReadOnlyMemory<byte> events, ChatCall call)
    {
        HttpResponse response = exchange.Response;
        if (!response.HasStarted)
        {
            call.Committed();
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
