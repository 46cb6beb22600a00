using GroqKit.Gateway.Api.OpenAi.Events;
using GroqKit.Gateway.Api.OpenAi.Guarding;
using GroqKit.Gateway.Api.OpenAi.Json;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Api.OpenAi.Audio;

/// <summary>Text to speech: the sound goes to the caller as it is made, whichever provider makes it.</summary>
internal sealed class SpeakingCalls(
    RequestBody bodies,
    Router router,
    CallAdmission admission,
    Failover failover,
    UpstreamClient upstream,
    Deadlines deadlines,
    EventRelay events,
    BytesRelay sound,
    InputGuard guard
)
{
    public async Task HandleAsync(Exchange exchange)
    {
        using JsonCall call = await JsonCall.ReadAsync(
            exchange,
            bodies,
            router,
            SpeakingRequest.Fields,
            ServiceKind.Tts
        );
        await guard.RunAsync(exchange, call, sent => ForwardAsync(exchange, sent));
    }

    private async Task ForwardAsync(Exchange exchange, JsonCall call)
    {
        exchange.Meter.Streamed = SpeakingRequest.WantsEvents(call.Request);
        long characters = SpeakingRequest.CharactersOf(call.Request.Text("input")!);
        exchange.Meter.Speech = new SpeechUsage(null, 0, characters, null);
        await admission.AdmitAsync(
            exchange.Meter,
            call.Route.Agent,
            new CallNeeds(0, 0, Choices: 1) { Characters = characters },
            exchange.Lifetime.Token
        );
        await failover.RunAsync(exchange, call.Route, new SpeakingCall(upstream, deadlines, events, sound, call));
    }
}
