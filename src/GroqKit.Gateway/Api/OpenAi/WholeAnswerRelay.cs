using GroqKit.Gateway.Services.Cache.Answers;
using GroqKit.Gateway.Services.Chat;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>
/// Relays an answer that is one JSON object. It is read to its end first: it arrives in one piece anyway, and so a cut or garbled one
/// becomes a clean error instead of half an answer.
/// </summary>
internal sealed class WholeAnswerRelay(UpstreamClient upstream)
{
    private const int MaxCacheControl = 256;

    /// <param name="exchange">The call.</param>
    /// <param name="answer">The provider's answer.</param>
    /// <param name="provider">Its name.</param>
    /// <param name="patience">The longest silence within it, because somebody else is left to ask; null for the usual one.</param>
    public async Task RunAsync(
        Exchange exchange,
        HttpResponseMessage answer,
        string provider,
        TimeSpan? patience = null
    )
    {
        using PooledBody body = await upstream.ReadWholeAsync(answer, provider, exchange.Lifetime, patience);
        await RelayAsync(exchange, answer, body, Read(body, provider));
    }

    /// <summary>The same for a chat, which has choices.</summary>
    /// <param name="exchange">The call.</param>
    /// <param name="answer">The provider's answer.</param>
    /// <param name="provider">Its name.</param>
    /// <param name="patience">As above.</param>
    /// <param name="streamed">
    /// Set when the caller asked for a stream, and whether for its usage: servers that can't stream a model answer whole, and the caller gets
    /// events all the same.
    /// </param>
    public async Task RunChatAsync(
        Exchange exchange,
        HttpResponseMessage answer,
        string provider,
        TimeSpan? patience,
        UsageOption? streamed
    )
    {
        using PooledBody body = await upstream.ReadWholeAsync(answer, provider, exchange.Lifetime, patience);
        ChunkFacts facts = Read(body, provider);
        if (!facts.HasChoices)
            throw UpstreamErrors.Malformed(provider);
        if (streamed is { } usage)
            await RelayAsEventsAsync(exchange, body, facts, Events(body, usage, provider));
        else
            await RelayAsync(exchange, answer, body, facts);
    }

    private static ChunkFacts Read(PooledBody body, string provider) =>
        ChunkReader.TryRead(body.Span, out ChunkFacts facts) && !facts.HasError
            ? facts
            : throw UpstreamErrors.Malformed(provider);

    private static byte[] Events(PooledBody body, UsageOption usage, string provider)
    {
        try
        {
            return AnswerStream.Write(body.Span, usage.IsOn);
        }
        catch (Exception odd) when (odd is InvalidOperationException or ArgumentException or FormatException)
        {
            throw UpstreamErrors.Malformed(provider, odd);
        }
    }

    private static async Task RelayAsEventsAsync(Exchange exchange, PooledBody body, ChunkFacts facts, byte[] events)
    {
        Account(exchange.Meter, body, facts);
        HttpResponse response = exchange.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        exchange.Meter.Settle(Outcome.Completed, StatusCodes.Status200OK);
        await response.BodyWriter.WriteAsync(events, exchange.Lifetime.Token);
    }

    private static async Task RelayAsync(
        Exchange exchange,
        HttpResponseMessage answer,
        PooledBody body,
        ChunkFacts facts
    )
    {
        Account(exchange.Meter, body, facts);
        HttpResponse response = exchange.Response;
        response.StatusCode = (int)answer.StatusCode;
        response.ContentType = "application/json";
        response.ContentLength = body.Memory.Length;
        if (CacheControl(answer) is { } cacheControl)
            response.Headers.CacheControl = cacheControl;
        // Before the last byte: who has the answer has been accounted for.
        UsageRecord? account = exchange.Meter.Settle(Outcome.Completed, response.StatusCode);
        CostHeader.Tell(response, account?.Cost);
        await response.BodyWriter.WriteAsync(body.Memory, exchange.Lifetime.Token);
    }

    private static void Account(RequestMeter meter, PooledBody body, in ChunkFacts facts)
    {
        meter.OutputBegan();
        meter.Reported = facts.Usage;
        meter.FinishReason = facts.FinishReason;
        meter.ServiceTier = facts.ServiceTier;
        meter.ToolUses = ToolUses.Read(body.Span, null)?.Counts;
        meter.CompletionBytes = body.Memory.Length;
    }

    private static string? CacheControl(HttpResponseMessage answer)
    {
        if (!answer.Headers.NonValidated.TryGetValues("Cache-Control", out var values))
            return null;
        string text = values.ToString();
        return text.Length <= MaxCacheControl && !text.AsSpan().ContainsAnyExceptInRange(' ', '~') ? text : null;
    }
}
