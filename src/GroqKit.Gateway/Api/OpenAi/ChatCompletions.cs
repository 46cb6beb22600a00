using System.Net.Http.Headers;
using GroqKit.Gateway.Services.Chat;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>Chat completions: check, route, forward the caller's own bytes, relay the answer.</summary>
internal sealed class ChatCompletions(
    RequestBody bodies,
    Router router,
    CallAdmission admission,
    UpstreamClient upstream,
    WholeAnswerRelay wholeAnswers,
    StreamRelay streams
)
{
    public async Task HandleAsync(Exchange exchange)
    {
        using PooledBody body = await bodies.ReadAsync(exchange.Request, exchange.Lifetime.Token);
        ChatRequest chat = ChatRequestReader.Read(body.Span);
        bodies.Check(body, chat.HasImages);
        ModelRoute route = router.Resolve(chat.ModelIn(body.Span), "model");
        exchange.Choose(route);
        exchange.Meter.Streamed = chat.Stream;
        exchange.Meter.PromptBytes = chat.PromptBytes;
        exchange.Meter.EndUser ??= chat.User;
        await admission.AdmitAsync(
            exchange.Meter,
            new CallNeeds(chat.PromptBytes, chat.MaxCompletionTokens, chat.Choices),
            exchange.Lifetime.Token
        );
        using HttpResponseMessage answer = await upstream.SendAsync(
            HttpMethod.Post,
            route.Provider.ChatAddress,
            route.Provider,
            new SplicedContent(body, route.Renamed ? chat.ModelValue : 0..0, route.ModelJson),
            chat.Stream,
            exchange.Lifetime
        );
        // Sent; a long stream doesn't keep a long request in memory.
        body.Dispose();
        if (IsEventStream(answer.Content.Headers))
            await streams.RunAsync(exchange, answer, route.Provider.Name);
        else
            await wholeAnswers.RunAsync(exchange, answer, route.Provider.Name);
    }

    private static bool IsEventStream(HttpContentHeaders headers) =>
        headers.NonValidated.TryGetValues("Content-Type", out HeaderStringValues type)
        && type.ToString().StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase);
}
