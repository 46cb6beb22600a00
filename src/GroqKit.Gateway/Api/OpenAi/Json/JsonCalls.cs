using GroqKit.Gateway.Api.OpenAi.Guarding;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Api.OpenAi.Json;

/// <summary>Calls with a JSON body, of every kind: check, route, guard, admit, forward.</summary>
internal sealed class JsonCalls(
    RequestBody bodies,
    Router router,
    ModelPicker picker,
    InputGuard guard,
    CallAdmission admission,
    Failover failover
)
{
    public Func<Exchange, Task> Handler(JsonKind kind) => exchange => HandleAsync(exchange, kind);

    private async Task HandleAsync(Exchange exchange, JsonKind kind)
    {
        using JsonCall call = await JsonCall.ReadAsync(exchange, bodies, router, picker, kind);
        kind.Check(in call);
        await guard.RunAsync(
            exchange,
            call,
            sent => ForwardAsync(exchange, kind, sent),
            isSpoken: kind.Service == ServiceKind.Tts
        );
    }

    private async Task ForwardAsync(Exchange exchange, JsonKind kind, JsonCall call)
    {
        CallNeeds needs = kind.Account(exchange, in call);
        await admission.AdmitAsync(exchange.Meter, call.Route.Agent, needs, exchange.Lifetime.Token);
        await failover.RunAsync(exchange, call.Route, kind.Forward(in call));
    }
}
