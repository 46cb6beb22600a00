using GroqKit.Gateway.Api.OpenAi.Events;
using GroqKit.Gateway.Api.OpenAi.Guarding;
using GroqKit.Gateway.Api.OpenAi.Json;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Api.OpenAi.Completions;

/// <summary>Legacy completions: passed through where the provider has them, worded as a chat at Groq, which has none.</summary>
internal sealed class CompletionCalls(
    RequestBody bodies,
    Router router,
    CallAdmission admission,
    Failover failover,
    UpstreamClient upstream,
    Deadlines deadlines,
    WholeAnswerRelay wholeAnswers,
    EventRelay events,
    InputGuard guard,
    TimeProvider time
)
{
    public async Task HandleAsync(Exchange exchange)
    {
        using JsonCall call = await JsonCall.ReadAsync(
            exchange,
            bodies,
            router,
            JsonRoute.Completions.Fields,
            ServiceKind.Llm
        );
        await guard.RunAsync(exchange, call, sent => ForwardAsync(exchange, sent));
    }

    private async Task ForwardAsync(Exchange exchange, JsonCall call)
    {
        long promptBytes = call.Request.Find(JsonRoute.Completions.Input)!.Value.Value.Length;
        exchange.Meter.PromptBytes = promptBytes;
        await admission.AdmitAsync(
            exchange.Meter,
            call.Route.Agent,
            new CallNeeds(promptBytes, call.Count("max_tokens"), (int)(call.Count("n") ?? 1)),
            exchange.Lifetime.Token
        );
        await failover.RunAsync(
            exchange,
            call.Route,
            new CompletionAttempts(upstream, deadlines, wholeAnswers, events, time, call)
        );
    }
}
