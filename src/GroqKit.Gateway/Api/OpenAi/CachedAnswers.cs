using GroqKit.Gateway.Services.Cache.Answers;
using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Privacy;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Usage;
using Microsoft.AspNetCore.Http.Features;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>
/// Repeats answers to questions that were asked before, for callers and agents that want that. A repeated answer counts as a request, uses
/// no tokens and costs nothing.
/// </summary>
internal sealed class CachedAnswers(AnswerCache answers, CallAdmission admission)
{
    private const string Hit = "hit";
    private const string Miss = "miss";
    private const string Bypass = "bypass";

    // A streamed answer is longer than the answer that is kept of it, by what stands around each of its words.
    private const int StreamedFactor = 16;

    /// <param name="exchange">The call.</param>
    /// <param name="wish">What is wanted of the cache.</param>
    /// <param name="route">Where the call leads.</param>
    /// <param name="body">The request.</param>
    /// <param name="ask">Asks the provider and writes the answer.</param>
    public async Task RunAsync(
        Exchange exchange,
        CacheWish wish,
        ModelRoute route,
        ReadOnlyMemory<byte> body,
        Func<Task> ask
    )
    {
        AnswerRequest? request = answers.Enabled ? AnswerRequestReader.Read(exchange.Caller.Tenant, route, body) : null;
        if (request is null)
        {
            exchange.Response.Headers[GatewayHeaders.Cache] = Bypass;
            await ask();
            return;
        }
        if (wish.Reads && await answers.FindAsync(request, exchange.Lifetime.Token) is { } known)
        {
            exchange.Response.Headers[GatewayHeaders.Cache] = Hit;
            await RepeatAsync(exchange, request, route, known);
            return;
        }
        exchange.Response.Headers[GatewayHeaders.Cache] = Miss;
        IFeatureCollection features = exchange.Context.Features;
        IHttpResponseBodyFeature own = features.GetRequiredFeature<IHttpResponseBodyFeature>();
        int most = answers.LargestAnswer * (exchange.Meter.Streamed ? StreamedFactor : 1);
        var tap = new ResponseTap(exchange.Response, own, most);
        Task? keeping = null;
        // Who has the whole answer may ask again at once: by then it is in this node's memory. Nobody waits for the shared one.
        tap.BeforeEnd = () =>
        {
            keeping = KeepAsync();
            return Task.CompletedTask;
        };
        features.Set<IHttpResponseBodyFeature>(tap);
        try
        {
            await ask();
        }
        finally
        {
            features.Set(own);
        }
        await (keeping ?? KeepAsync());

        Task KeepAsync() =>
            WholeOf(exchange, tap) is { } answer
                ? answers.KeepAsync(request, answer, wish.Lifetime, TagOf(exchange), exchange.Lifetime.Token).AsTask()
                : Task.CompletedTask;
    }

    // Who is erased takes the answers along that were given on its behalf.
    private static string? TagOf(Exchange exchange) =>
        exchange.Meter.EndUser is { } user ? ErasureKeeper.TagOf(Erasure.NameOf(exchange.Caller.Tenant, user)) : null;

    /// <summary>Null for what isn't to be repeated: errors, cut and filtered answers, and those of who only stood in.</summary>
    private static byte[]? WholeOf(Exchange exchange, ResponseTap tap)
    {
        if (
            exchange.Response.StatusCode != StatusCodes.Status200OK
            || exchange.Meter.Fallback is not null
            || tap.Copy is not { } copy
        )
            return null;
        if (exchange.Response.ContentType?.StartsWith("text/event-stream", StringComparison.Ordinal) == true)
            return AnswerAssembler.Assemble(copy);
        return AnswerJson.IsWhole(copy) ? copy : null;
    }

    private async Task RepeatAsync(Exchange exchange, AnswerRequest request, ModelRoute route, byte[] answer)
    {
        RequestMeter meter = exchange.Meter;
        await admission.AdmitAsync(meter, route.Agent, default, exchange.Lifetime.Token);
        HttpResponse response = exchange.Response;
        byte[] body = answer;
        if (meter.Streamed)
        {
            body = AnswerStream.Write(answer, request.WantsUsage);
            response.ContentType = "text/event-stream";
            response.Headers.CacheControl = "no-cache";
        }
        else
        {
            response.ContentType = "application/json";
            response.ContentLength = body.Length;
        }
        meter.Cached = true;
        meter.PromptBytes = 0;
        meter.FinishReason = AnswerJson.Finished;
        meter.OutputBegan();
        meter.Settle(Outcome.Completed, StatusCodes.Status200OK);
        response.Headers[GatewayHeaders.Cost] = "0";
        await response.BodyWriter.WriteAsync(body, exchange.Lifetime.Token);
    }
}
