using GroqKit.Gateway.Api.OpenAi.Guarding;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Api.OpenAi.Json;

/// <summary>Calls whose request and answer are one JSON object in every provider's words: check, route, forward, relay.</summary>
internal sealed class JsonCalls(
    RequestBody bodies,
    Router router,
    CallAdmission admission,
    Failover failover,
    UpstreamClient upstream,
    Deadlines deadlines,
    WholeAnswerRelay wholeAnswers,
    InputGuard guard
)
{
    public Func<Exchange, Task> Handler(JsonRoute kind) => exchange => HandleAsync(exchange, kind);

    private async Task HandleAsync(Exchange exchange, JsonRoute kind)
    {
        using JsonCall call = await JsonCall.ReadAsync(exchange, bodies, router, kind.Fields, ServiceKind.Llm);
        await guard.RunAsync(exchange, call, sent => ForwardAsync(exchange, kind, sent));
    }

    private async Task ForwardAsync(Exchange exchange, JsonRoute kind, JsonCall call)
    {
        long promptBytes = call.Request.Find(kind.Input)!.Value.Value.Length;
        exchange.Meter.PromptBytes = promptBytes;
        await admission.AdmitAsync(
            exchange.Meter,
            call.Route.Agent,
            new CallNeeds(promptBytes, MaxCompletionTokens: 0, Choices: 1),
            exchange.Lifetime.Token
        );
        await failover.RunAsync(exchange, call.Route, new Forwarded(this, call, kind));
    }

    private sealed class Forwarded(JsonCalls parts, JsonCall call, JsonRoute kind) : ForwardedCall
    {
        public override ServiceKind Service => ServiceKind.Llm;

        public override async Task AskAsync(Attempt attempt)
        {
            (Exchange exchange, ModelRoute route, UpstreamLane? lane, bool more) = attempt;
            using HttpResponseMessage answer = await parts.Upstream.SendAsync(
                HttpMethod.Post,
                route.Provider.AddressOf(kind.Path),
                route.Provider,
                call.For(exchange, route, kind.Operation).ToContent(call.Body),
                stream: false,
                exchange.Lifetime,
                more ? parts.Deadlines.WholeAnswer : null
            );
            lane?.Note(answer.Headers);
            await parts.WholeAnswers.RunAsync(exchange, answer, route.Provider.Name);
        }
    }

    private UpstreamClient Upstream => upstream;

    private Deadlines Deadlines => deadlines;

    private WholeAnswerRelay WholeAnswers => wholeAnswers;
}
