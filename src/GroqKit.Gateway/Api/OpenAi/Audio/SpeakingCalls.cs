using GroqKit.Gateway.Api.OpenAi.Json;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Translation;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Api.OpenAi.Audio;

/// <summary>Text to speech: the sound goes to the caller as it is made, whichever provider makes it.</summary>
internal sealed class SpeakingCalls(
    RequestBody bodies,
    Router router,
    CallAdmission admission,
    UpstreamClient upstream,
    Deadlines deadlines,
    StreamRelay streams,
    BytesRelay sound
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
        bool events = SpeakingRequest.WantsEvents(call.Request);
        exchange.Meter.Streamed = events;
        long characters = SpeakingRequest.CharactersOf(call.Request.Text("input")!);
        exchange.Meter.Speech = new SpeechUsage(null, 0, characters, null);
        await admission.AdmitAsync(
            exchange.Meter,
            call.Route.Agent,
            new CallNeeds(0, 0, Choices: 1) { Characters = characters },
            exchange.Lifetime.Token
        );
        await Failover.RunAsync(exchange, call.Route, (next, route, more) => AskAsync(next, route, more, call, events));
    }

    private async Task AskAsync(Exchange exchange, ModelRoute route, bool more, JsonCall call, bool events)
    {
        TimeSpan? patience = more ? deadlines.FirstOutput : null;
        JsonEdits edits = call.For(exchange, route, Operation.Speech);
        SpeechPlan plan =
            route.Provider.Kind == ProviderKind.ElevenLabs
                ? ElevenLabsSpeech.Plan(exchange, call, route)
                : OpenAiSpeech.Plan(call, route, edits);
        using HttpResponseMessage answer = await upstream.SendAsync(
            HttpMethod.Post,
            plan.Address,
            route.Provider,
            plan.Content ?? edits.ToContent(call.Body),
            stream: false,
            exchange.Lifetime,
            patience
        );
        string type = BytesRelay.TypeOf(answer, plan.ContentType);
        if (type.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase))
        {
            await streams.RunAsync(exchange, answer, route.Provider.Name, patience: null);
            return;
        }
        IBytesWatch watch = new SoundWatch(plan.Rate, plan.StripHeader, plan.AddHeader);
        await sound.RunAsync(
            exchange,
            answer,
            route.Provider.Name,
            events ? "text/event-stream"
                : plan.IsOurForm ? plan.ContentType
                : type,
            events ? new EventSound(watch) : watch,
            patience
        );
    }
}
