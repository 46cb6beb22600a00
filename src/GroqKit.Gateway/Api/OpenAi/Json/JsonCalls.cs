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
    UpstreamClient upstream,
    Deadlines deadlines,
    WholeAnswerRelay wholeAnswers
)
{
    public Func<Exchange, Task> Handler(JsonRoute kind) => exchange => HandleAsync(exchange, kind);

    private async Task HandleAsync(Exchange exchange, JsonRoute kind)
    {
        using JsonCall call = await JsonCall.ReadAsync(exchange, bodies, router, kind.Fields, ServiceKind.Llm);
        long promptBytes = call.Request.Find(kind.Input)!.Value.Value.Length;
        exchange.Meter.PromptBytes = promptBytes;
        await admission.AdmitAsync(
            exchange.Meter,
            call.Route.Agent,
            new CallNeeds(promptBytes, MaxCompletionTokens: 0, Choices: 1),
            exchange.Lifetime.Token
        );
        await Failover.RunAsync(exchange, call.Route, (next, route, more) => AskAsync(next, route, more, call, kind));
    }

    private async Task AskAsync(Exchange exchange, ModelRoute route, bool more, JsonCall call, JsonRoute kind)
    {
        using HttpResponseMessage answer = await upstream.SendAsync(
            HttpMethod.Post,
            route.Provider.AddressOf(kind.Path),
            route.Provider,
            call.For(exchange, route, kind.Operation).ToContent(call.Body),
            stream: false,
            exchange.Lifetime,
            more ? deadlines.WholeAnswer : null
        );
        await wholeAnswers.RunAsync(exchange, answer, route.Provider.Name);
    }
}
