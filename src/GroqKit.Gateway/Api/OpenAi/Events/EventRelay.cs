using System.Net.ServerSentEvents;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Api.OpenAi.Events;

/// <summary>
/// Relays a stream whose events have to be read one by one, because the caller gets others or its end shows in them. Nothing leaves before
/// the first words, as long as somebody else is left to ask.
/// </summary>
internal sealed class EventRelay(UpstreamClient upstream, TimeProvider time)
{
    /// <param name="attempt">Who is asked, for which call.</param>
    /// <param name="answer">The provider's answer.</param>
    /// <param name="patience">How long the first words may take, because somebody else is left to ask. Null when nobody is.</param>
    /// <param name="translation">What the caller gets.</param>
    /// <exception cref="GatewayException">The answer broke, before or after words were passed on.</exception>
    public async Task RunAsync(
        Attempt attempt,
        HttpResponseMessage answer,
        TimeSpan? patience,
        EventTranslation translation
    )
    {
        Exchange exchange = attempt.Exchange;
        string provider = attempt.Route.Provider.Name;
        var output = new EventOutput();
        long begun = time.GetTimestamp();
        try
        {
            await using var body = new LifetimeStream(
                await answer.Content.ReadAsStreamAsync(exchange.Lifetime.Token),
                upstream,
                provider,
                exchange.Lifetime,
                () => Left(exchange, patience, begun, provider)
            );
            SseParser<byte[]> parser = SseParser.Create(body, static (_, data) => data.ToArray());
            await foreach (SseItem<byte[]> item in parser.EnumerateAsync(exchange.Lifetime.Token))
            {
                body.Mark();
                translation.Take(item.EventType, item.Data, output);
                if (output.IsDone)
                {
                    await FinishAsync(exchange, translation, output);
                    return;
                }
                if (output.HasOutput || patience is null)
                    await PassOnAsync(exchange, output);
            }
            if (!translation.End(output))
                throw UpstreamErrors.Cut(provider);
            await FinishAsync(exchange, translation, output);
        }
        catch (OperationCanceledException)
        {
            throw exchange.Lifetime.Explain(provider);
        }
        finally
        {
            Account(exchange.Meter, translation);
        }
    }

    private TimeSpan? Left(Exchange exchange, TimeSpan? patience, long begun, string provider)
    {
        if (patience is null || exchange.Response.HasStarted)
            return null;
        TimeSpan left = patience.Value - time.GetElapsedTime(begun);
        return left > TimeSpan.Zero ? left : throw UpstreamErrors.HeadersTimeout(provider);
    }

    private static async ValueTask FinishAsync(Exchange exchange, EventTranslation translation, EventOutput output)
    {
        Account(exchange.Meter, translation);
        exchange.Meter.OutputBegan();
        // Before the last byte: who has the answer has been accounted for.
        exchange.Meter.Settle(Outcome.Completed, StatusCodes.Status200OK);
        await PassOnAsync(exchange, output);
    }

    private static async ValueTask PassOnAsync(Exchange exchange, EventOutput output)
    {
        if (output.Written.IsEmpty)
            return;
        HttpResponse response = exchange.Response;
        if (output.HasOutput)
            exchange.Meter.OutputBegan();
        if (!response.HasStarted)
        {
            response.ContentType = "text/event-stream; charset=utf-8";
            response.Headers.CacheControl = "no-cache";
            // Asks nginx and its kin not to collect the events.
            response.Headers["x-accel-buffering"] = "no";
        }
        await exchange.SendAsync(output.Written, exchange.Lifetime.Token);
        output.Clear();
    }

    private static void Account(RequestMeter meter, EventTranslation translation)
    {
        meter.Reported = translation.Usage;
        meter.FinishReason = translation.FinishReason;
        meter.CompletionBytes = translation.OutputBytes;
    }
}
