using GroqKit.Gateway.Api.OpenAi.Events;
using GroqKit.Gateway.Api.OpenAi.Json;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Translation;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Api.OpenAi.Audio;

/// <summary>Text to speech: the sound goes to the caller as it is made, whichever provider makes it.</summary>
internal sealed class SpeakingCalls(UpstreamClient upstream, Deadlines deadlines, EventRelay events, BytesRelay sound)
    : JsonKind
{
    public override IReadOnlyList<FieldRule> Fields => SpeakingRequest.Fields;

    public override ServiceKind Service => ServiceKind.Tts;

    public override CallNeeds Account(Exchange exchange, in JsonCall call)
    {
        exchange.Meter.Streamed = SpeakingRequest.WantsEvents(call.Request);
        long characters = SpeakingRequest.CharactersOf(call.Request.Text("input")!);
        exchange.Meter.Speech = new SpeechUsage(null, 0, characters, null);
        return new CallNeeds(0, 0, Choices: 1) { Characters = characters };
    }

    public override ForwardedCall Forward(in JsonCall call) =>
        new SpeakingCall(upstream, deadlines, events, sound, call);
}
