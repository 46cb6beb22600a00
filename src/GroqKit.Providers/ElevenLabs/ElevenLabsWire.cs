using GroqKit.Providers.Configuration;
using GroqKit.Providers.Wire;

namespace GroqKit.Providers.ElevenLabs;

/// <summary>How ElevenLabs is called.</summary>
internal static class ElevenLabsWire
{
    public static WireOperation SpeechStream { get; } = new("speech-stream");

    public static WireOperation TimedSpeech { get; } = new("timed-speech");

    public static WireOperation TimedSpeechStream { get; } = new("timed-speech-stream");

    public static WireOperation SpeechSocket { get; } = new("speech-socket");

    public static ProviderWire Describe(ProviderOptions options) =>
        new()
        {
            Dialect = WireDialect.ElevenLabs,
            KeyHeader = "xi-api-key",
            RequestIdHeader = "request-id",
            Headers = new Dictionary<string, string>(options.Headers),
            Paths = new Dictionary<WireOperation, string>
            {
                [WireOperation.Speech] = "v1/text-to-speech/{voice}",
                [SpeechStream] = "v1/text-to-speech/{voice}/stream",
                [TimedSpeech] = "v1/text-to-speech/{voice}/with-timestamps",
                [TimedSpeechStream] = "v1/text-to-speech/{voice}/stream/with-timestamps",
                [SpeechSocket] = "v1/text-to-speech/{voice}/stream-input",
                [WireOperation.Transcription] = "v1/speech-to-text",
                [WireOperation.Models] = "v1/models",
            },
        };
}
