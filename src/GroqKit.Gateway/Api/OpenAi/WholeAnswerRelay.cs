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
        if (!ChunkReader.TryRead(body.Span, out ChunkFacts facts) || facts.HasError)
            throw UpstreamErrors.Malformed(provider);
        RequestMeter meter = exchange.Meter;
        meter.OutputBegan();
        meter.Reported = facts.Usage;
        meter.FinishReason = facts.FinishReason;
        meter.ServiceTier = facts.ServiceTier;
        meter.ToolUses = ToolUses.Read(body.Span, null)?.Counts;
        meter.CompletionBytes = body.Memory.Length;
        HttpResponse response = exchange.Response;
        response.StatusCode = (int)answer.StatusCode;
        response.ContentType = "application/json";
        response.ContentLength = body.Memory.Length;
        if (CacheControl(answer) is { } cacheControl)
            response.Headers.CacheControl = cacheControl;
        // Before the last byte: who has the answer has been accounted for.
        UsageRecord? account = meter.Settle(Outcome.Completed, response.StatusCode);
        CostHeader.Tell(response, account?.Cost);
        await response.BodyWriter.WriteAsync(body.Memory, exchange.Lifetime.Token);
    }

    private static string? CacheControl(HttpResponseMessage answer)
    {
        if (!answer.Headers.NonValidated.TryGetValues("Cache-Control", out var values))
            return null;
        string text = values.ToString();
        return text.Length <= MaxCacheControl && !text.AsSpan().ContainsAnyExceptInRange(' ', '~') ? text : null;
    }
}
