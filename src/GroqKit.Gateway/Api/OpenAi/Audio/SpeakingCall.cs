using GroqKit.Gateway.Api.OpenAi.Events;
using GroqKit.Gateway.Api.OpenAi.Json;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Translation;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Api.OpenAi.Audio;

/// <summary>A text to be spoken by whichever provider serves.</summary>
internal sealed class SpeakingCall(
    UpstreamClient upstream,
    Deadlines deadlines,
    EventRelay events,
    BytesRelay sound,
    JsonCall call
) : ForwardedCall
{
    private readonly bool _wantsEvents = SpeakingRequest.WantsEvents(call.Request);

    public override ServiceKind Service => ServiceKind.Tts;

    public override async Task AskAsync(Attempt attempt)
    {
        (Exchange exchange, ModelRoute route, UpstreamLane? lane, bool more) = attempt;
        WordSink? words = exchange.Context.Features.Get<WordSink>();
        words?.Clear();
        TimeSpan? patience = more ? deadlines.FirstOutput : null;
        JsonEdits edits = call.For(exchange, route, Operation.Speech);
        var voice = ChainVoice.Of(call, route);
        SpeechPlan plan =
            route.Provider.Kind == ProviderKind.ElevenLabs
                ? ElevenLabsSpeech.Plan(exchange, call, route, voice, words)
                : OpenAiSpeech.Plan(call, route, voice, edits);
        if (voice.IsOther)
            DroppedHeader.Add(exchange.Response, AgentDefaults.VoiceName);
        using HttpResponseMessage answer = await upstream.SendAsync(
            HttpMethod.Post,
            plan.Address,
            route.Provider,
            plan.Content ?? edits.ToContent(call.Body),
            stream: false,
            exchange.Lifetime,
            patience
        );
        lane?.Note(answer.Headers);
        if (plan.Open is { } open)
            answer.Content = new StreamContent(open(await answer.Content.ReadAsStreamAsync(exchange.Lifetime.Token)));
        string type = BytesRelay.TypeOf(answer, plan.ContentType);
        if (type.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase))
        {
            await events.RunAsync(attempt, answer, patience, new PassedEvents(route.Provider.Name));
            return;
        }
        IBytesWatch watch = new SoundWatch(plan.Rate, plan.StripHeader, plan.AddHeader);
        await sound.RunAsync(
            exchange,
            answer,
            route.Provider.Name,
            _wantsEvents ? "text/event-stream"
                : plan.IsOurForm ? plan.ContentType
                : type,
            _wantsEvents ? new EventSound(watch) : watch,
            patience
        );
    }
}
