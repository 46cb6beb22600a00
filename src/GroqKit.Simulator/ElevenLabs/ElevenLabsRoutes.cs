using GroqKit.Simulator.Faults;
using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.ElevenLabs;

/// <summary>The paths of the simulated ElevenLabs API.</summary>
internal static class ElevenLabsRoutes
{
    public const string Root = "/sim/elevenlabs";

    public static IReadOnlyList<ApiRoute> Create(ModelFaults faults)
    {
        string speech = $"/v1/text-to-speech/{{{ElevenLabsSpeechEndpoint.VoiceKey}}}";
        return
        [
            new("POST", speech, new ElevenLabsSpeechEndpoint(faults, streams: false, withTimes: false)),
            new("POST", $"{speech}/stream", new ElevenLabsSpeechEndpoint(faults, streams: true, withTimes: false)),
            new(
                "POST",
                $"{speech}/with-timestamps",
                new ElevenLabsSpeechEndpoint(faults, streams: false, withTimes: true)
            ),
            new(
                "POST",
                $"{speech}/stream/with-timestamps",
                new ElevenLabsSpeechEndpoint(faults, streams: true, withTimes: true)
            ),
            new("GET", $"{speech}/stream-input", new SpeechSocketEndpoint(faults)),
            new("POST", "/v1/speech-to-text", new ElevenLabsTranscriptionEndpoint(faults)),
            new(
                "GET",
                "/v1/models",
                new ElevenLabsListsEndpoint((json, _) => ElevenLabsListsEndpoint.WriteModels(json))
            ),
            new(
                "GET",
                "/v1/voices",
                new ElevenLabsListsEndpoint((json, _) => ElevenLabsListsEndpoint.WriteVoices(json))
            ),
            new("GET", "/v2/voices", new ElevenLabsListsEndpoint(ElevenLabsListsEndpoint.WriteVoicePage)),
            new(
                "GET",
                $"/v1/voices/{{{ElevenLabsSpeechEndpoint.VoiceKey}}}",
                new ElevenLabsListsEndpoint(ElevenLabsListsEndpoint.WriteOneVoice)
            ),
            new("GET", "/v1/user/subscription", new ElevenLabsListsEndpoint(ElevenLabsListsEndpoint.WriteSubscription)),
        ];
    }
}
