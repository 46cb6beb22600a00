using GroqKit.Gateway.Api.OpenAi.Guarding;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Chat;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Translation;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>Chat completions: check, route, forward the caller's own bytes, relay the answer.</summary>
internal sealed class ChatCompletions(
    RequestBody bodies,
    Router router,
    ModelPicker picker,
    CallAdmission admission,
    CachedAnswers cached,
    Failover failover,
    InputGuard guard,
    ChatCallParts parts
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
        if (route.Choice is not null)
            route = exchange.Take(picker.Pick(route, TraitsReader.Read(JsonRequest.Read(body.Memory)), "model"));
        else if (chat.Traits is { } traits)
            route = exchange.Take(picker.Pick(route, traits, "model"));
        exchange.Choose(route);
        exchange.Meter.EndUser ??= chat.User;
        if (guard.Concerns(route, body.Span))
            await GuardAsync(exchange, route, body, chat, needsModel: agent is null);
        else
            await GoOnAsync(exchange, route, body, chat);
    }

    // Apart, so that only calls that are guarded pay for what the delegate captures.
    private Task GuardAsync(Exchange exchange, ModelRoute route, PooledBody body, ChatRequest chat, bool needsModel) =>
        guard.RunAsync(
            exchange,
            route,
            body,
            sent =>
                GoOnAsync(
                    exchange,
                    route,
                    sent,
                    ReferenceEquals(sent, body) ? chat : ChatRequestReader.Read(sent.Span, needsModel)
                )
        );

    private Task GoOnAsync(Exchange exchange, ModelRoute route, PooledBody body, ChatRequest chat)
    {
        BreakMode onBreak = BreakHeader.Read(exchange.Request, route.Agent);
        exchange.Meter.Streamed = chat.Stream;
        exchange.Meter.PromptBytes = chat.PromptBytes;
        return CacheWish.Read(exchange.Request, route.Agent) is { } wish
            ? RepeatAsync(exchange, wish, route, body, chat, onBreak)
            : ForwardAsync(exchange, route, body, chat, onBreak);
    }

    // Apart, so that only calls with a cache pay for what the delegate captures.
    private Task RepeatAsync(
        Exchange exchange,
        CacheWish wish,
        ModelRoute route,
        PooledBody body,
        ChatRequest chat,
        BreakMode onBreak
    ) => cached.RunAsync(exchange, wish, route, body.Memory, () => ForwardAsync(exchange, route, body, chat, onBreak));

    private Task ForwardAsync(Exchange exchange, ModelRoute route, PooledBody body, ChatRequest chat, BreakMode onBreak)
    {
        ValueTask admitted = admission.AdmitAsync(
            exchange.Meter,
            route.Agent,
            new CallNeeds(chat.PromptBytes, chat.MaxCompletionTokens, chat.Choices),
            exchange.Lifetime.Token
        );
        var call = new ChatCall(parts, body, chat, onBreak);
        // Counters of one's own answer at once; what waits in between would keep another state for the whole call.
        return admitted.IsCompletedSuccessfully
            ? failover.RunAsync(exchange, route, call)
            : ForwardOnceAsync(admitted, exchange, route, call);
    }

    private async Task ForwardOnceAsync(ValueTask admitted, Exchange exchange, ModelRoute route, ChatCall call)
    {
        await admitted;
        await failover.RunAsync(exchange, route, call);
    }
}
