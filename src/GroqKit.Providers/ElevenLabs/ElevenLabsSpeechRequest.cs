using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using GroqKit.Catalog;
using GroqKit.Providers.Http;
using GroqKit.Providers.Speech;
using GroqKit.Providers.Wire;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.ElevenLabs;

/// <summary>One text to speak, ready to be sent.</summary>
internal sealed record ElevenLabsSpeechRequest(ProviderCall Call, string Voice, ElevenLabsForm Form, string Text)
{
    private const int UsualMaxCharacters = 10_000;

    private static readonly string[] Passed =
    [
        "apply_text_normalization",
        "next_text",
        "previous_text",
        "pronunciation_dictionary_locators",
        "seed",
        "voice_settings",
    ];

    /// <summary>Whether it is to be told when each word is heard.</summary>
    public bool IsTimed { get; private init; }

    /// <summary>Whether the sound of a stream may lie in memory that is used anew for its next piece.</summary>
    public bool Lends { get; private init; }

    /// <exception cref="ProviderException">No voice is named, or the text does not fit; another may do better with either.</exception>
    /// <exception cref="NotSupportedException">The vendor has no such form of sound.</exception>
    public static ElevenLabsSpeechRequest Create(
        ProviderCall site,
        string text,
        TextToSpeechOptions? options,
        VoiceNames voices,
        ModelCatalog catalog,
        bool isStream
    )
    {
        string? model = string.IsNullOrWhiteSpace(options?.ModelId) ? site.Model : options.ModelId;
        ProviderCall call = site with { Model = model };
        string voice =
            voices.Find(options?.VoiceId)
            ?? throw new ProviderException(
                ProviderFailure.CallerMistake,
                $"voice: is missing: name it in the options, or configure voices.default of {site.Provider}.",
                call.Details with
                {
                    Parameter = "voice",
                    MayTryAnother = true,
                }
            );
        ElevenLabsForm form = ElevenLabsForm.Choose(options?.AudioFormat, isStream);
        int most = catalog.Find(model ?? "")?.MaxInputCharacters ?? UsualMaxCharacters;
        SpeechRules.Check(text, most, options?.Speed, call);
        return new ElevenLabsSpeechRequest(call, voice, form, text)
        {
            IsTimed = options?.AdditionalProperties?.GetValueOrDefault(SpeechProperties.WordTimes) is true,
            Lends = options?.AdditionalProperties?.GetValueOrDefault(SpeechProperties.LentSound) is true,
        };
    }

    public HttpRequestMessage ToHttp(ProviderWire wire, TextToSpeechOptions? options, bool isStream, bool logs)
    {
        Uri address = wire.AddressOf(
            Call.Connection,
            (isStream, IsTimed) switch
            {
                (false, false) => WireOperation.Speech,
                (false, true) => ElevenLabsWire.TimedSpeech,
                (true, false) => ElevenLabsWire.SpeechStream,
                _ => ElevenLabsWire.TimedSpeechStream,
            },
            Voice
        )!;
        return new HttpRequestMessage(
            HttpMethod.Post,
            $"{address.AbsoluteUri}?output_format={Form.Query}{(logs ? "" : "&enable_logging=false")}"
        )
        {
            Content = new ReadOnlyMemoryContent(Write(options))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            },
        };
    }

    /// <summary>What finds the sound in the answer.</summary>
    public ISoundReader ToReader(bool isStream) =>
        IsTimed ? new TimedSound(Text, Form.BytesPerSecond, isLines: isStream) : new BareSound(Lends && isStream);

    private ReadOnlyMemory<byte> Write(TextToSpeechOptions? options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("text", Text);
        json.WriteString("model_id", Call.Model);
        // A language outside the model's list is refused, so it goes only when the caller names one.
        if (SpokenLanguages.ForRequest(options?.Language) is { } language)
            json.WriteString("language_code", language);
        WriteOptions(json, options);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteOptions(Utf8JsonWriter json, TextToSpeechOptions? options)
    {
        bool hasSettings = false;
        foreach (string name in Passed)
        {
            if (options?.AdditionalProperties?.GetValueOrDefault(name) is not { } value)
                continue;
            hasSettings |= name == "voice_settings";
            json.WritePropertyName(name);
            JsonSerializer.Serialize(json, value, AIJsonUtilities.DefaultOptions.GetTypeInfo(value.GetType()));
        }
        if (hasSettings || options?.Speed is not { } speed)
            return;
        json.WriteStartObject("voice_settings");
        json.WriteNumber("speed", Math.Clamp(speed, 0.7f, 1.2f));
        json.WriteEndObject();
    }
}
