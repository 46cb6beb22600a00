using GroqKit.Gateway.Api.OpenAi.Guarding;
using GroqKit.Gateway.Api.OpenAi.Json;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Api.OpenAi.Responses;

/// <summary>The Responses API: passed through where the provider has it, worded as a chat where it doesn't.</summary>
internal sealed class ResponseCalls(
    RequestBody bodies,
    Router router,
    CallAdmission admission,
    Failover failover,
    InputGuard guard,
    ResponseParts parts
)
{
    public async Task HandleAsync(Exchange exchange)
    {
        using JsonCall call = await JsonCall.ReadAsync(
            exchange,
            bodies,
            router,
            ResponseRequest.Fields,
            ServiceKind.Llm
        );
        ResponseRequest.RefuseMemory(call.Request);
        await guard.RunAsync(exchange, call, sent => ForwardAsync(exchange, sent));
    }

    private async Task ForwardAsync(Exchange exchange, JsonCall call)
    {
        long promptBytes =
            call.Request.Find("input")!.Value.Value.Length + (call.Request.Find("instructions")?.Value.Length ?? 0);
        exchange.Meter.PromptBytes = promptBytes;
        await admission.AdmitAsync(
            exchange.Meter,
            call.Route.Agent,
            new CallNeeds(promptBytes, call.Count("max_output_tokens"), Choices: 1),
            exchange.Lifetime.Token
        );
        await failover.RunAsync(exchange, call.Route, new ResponseAttempts(parts, call));
    }
}
