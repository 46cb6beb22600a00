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
    Deadlines deadlines,
    CachedAnswers cached,
    WholeAnswerRelay wholeAnswers,
    StreamRelay streams
)
{
    public async Task HandleAsync(Exchange exchange)
    {
        using PooledBody body = await bodies.ReadAsync(exchange.Request, exchange.Lifetime.Token, exchange.Meter);
        string? agent = AgentHeader.Read(exchange.Request);
        ChatRequest chat = ChatRequestReader.Read(body.Span, needsModel: agent is null);
        bodies.Check(body, chat.HasImages);
        ModelRoute route = agent is null
            ? router.Resolve(chat.ModelIn(body.Span), "model", exchange.Caller)
            : router.ResolveAgent(agent, GatewayHeaders.Agent, exchange.Caller);
        exchange.Choose(route);
        exchange.Meter.Streamed = chat.Stream;
        exchange.Meter.PromptBytes = chat.PromptBytes;
        exchange.Meter.EndUser ??= chat.User;
        if (CacheWish.Read(exchange.Request, route.Agent) is { } wish)
            await cached.RunAsync(exchange, wish, route, body.Memory, () => ForwardAsync(exchange, route, body, chat));
        else
            await ForwardAsync(exchange, route, body, chat);
    }

    private async Task ForwardAsync(Exchange exchange, ModelRoute route, PooledBody body, ChatRequest chat)
    {
        await admission.AdmitAsync(
            exchange.Meter,
            route.Agent,
            new CallNeeds(chat.PromptBytes, chat.MaxCompletionTokens, chat.Choices),
            exchange.Lifetime.Token
        );
        await Failover.RunAsync(exchange, route, (call, next, more) => AskAsync(call, next, more, body, chat));
    }

    private async Task AskAsync(Exchange exchange, ModelRoute route, bool more, PooledBody body, ChatRequest chat)
    {
        TimeSpan? patience =
            !more ? null
            : chat.Stream ? deadlines.FirstOutput
            : deadlines.WholeAnswer;
        using HttpResponseMessage answer = await upstream.SendAsync(
            HttpMethod.Post,
            route.Provider.ChatAddress,
            route.Provider,
            Content(body, in chat, route),
            chat.Stream,
            exchange.Lifetime,
            patience
        );
        // Sent; a long stream doesn't keep a long request in memory, unless it may have to be sent again.
        if (!more)
            body.Dispose();
        if (IsEventStream(answer.Content.Headers))
            await streams.RunAsync(exchange, answer, route.Provider.Name, patience);
        else
            await wholeAnswers.RunAsync(exchange, answer, route.Provider.Name);
    }

    private static SplicedContent Content(PooledBody body, in ChatRequest chat, ModelRoute route)
    {
        ReadOnlyMemory<byte> added = route.Defaults?.MissingFrom(body.Span) ?? default;
        if (!chat.HasModel)
            added = (byte[])[.. "\"model\":"u8, .. route.ModelJson.Span, (byte)',', .. added.Span];
        return new SplicedContent(
            body,
            added,
            route.Renamed && chat.HasModel ? chat.ModelValue : 0..0,
            chat.HasModel ? route.ModelJson : default
        );
    }

    private static bool IsEventStream(HttpContentHeaders headers) =>
        headers.NonValidated.TryGetValues("Content-Type", out HeaderStringValues type)
        && type.ToString().StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase);
}
