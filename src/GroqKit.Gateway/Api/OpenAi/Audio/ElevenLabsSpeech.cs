using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using GroqKit.Audio;
using GroqKit.Gateway.Api.OpenAi.Json;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Translation;
using GroqKit.Gateway.Services.Translation.Audio;
using GroqKit.Providers.ElevenLabs;

namespace GroqKit.Gateway.Api.OpenAi.Audio;

/// <summary>Speech of ElevenLabs: the voice is in its path, the form of the sound in its query, and the text has another name.</summary>
internal static class ElevenLabsSpeech
{
    private const int WavRate = 24_000;
    private const int MaxVoice = 128;
    private const double Slowest = 0.7;
    private const double Fastest = 1.2;

    private static readonly string[] Passed =
    [
        "apply_text_normalization",
        "language_code",
        "next_text",
        "previous_text",
        "pronunciation_dictionary_locators",
        "seed",
        "voice_settings",
    ];

    // Everything of OpenAI's that has a place here, or none that changes the words.
    private static readonly string[] Known = ["model", "input", "voice", "response_format", "speed", "stream_format"];

    /// <param name="exchange">The call.</param>
    /// <param name="call">Its body.</param>
    /// <param name="route">Who serves.</param>
    /// <param name="voice">In which voice.</param>
    /// <param name="words">Takes the words and when each is heard; null when nobody wants them.</param>
    /// <exception cref="GatewayException">There is no voice, or no such form.</exception>
    public static SpeechPlan Plan(Exchange exchange, JsonCall call, ModelRoute route, ChainVoice voice, WordSink? words)
    {
        JsonRequest request = Merge(call.Request, route, voice);
        string id = SpeakingRequest.VoiceOf(request) ?? throw RequestErrors.Missing("voice");
        if (id.Length > MaxVoice || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            throw RequestErrors.WrongValue("voice", "is not the id of a voice");
        string format = request.Text("response_format") ?? "mp3";
        (string query, SoundRate? rate) = FormOf(format);
        var dropped = new List<string>();
        byte[] body = Write(request, route, dropped);
        DroppedHeader.Tell(exchange.Response, dropped);
        return new SpeechPlan(
            route.Provider.AddressOf(
                $"text-to-speech/{Uri.EscapeDataString(id)}/stream{(words is null ? "" : "/with-timestamps")}?output_format={query}"
            ),
            OpenAiSpeech.TypeOf(format)
        )
        {
            Content = new ByteArrayContent(body) { Headers = { { "Content-Type", "application/json" } } },
            Rate = rate,
            // Its streams have no WAV, only what goes into one.
            AddHeader = format == "wav" ? new WavHeader(WavFormat.Pcm16(WavRate), DataLength: null).ToArray() : default,
            IsOurForm = true,
            Open = words is null
                ? null
                : lines => new TimedBody(
                    lines,
                    new TimedSound(request.Text("input")!, (int?)rate?.BytesPerSecond),
                    words
                ),
        };
    }

    private static (string Query, SoundRate? Rate) FormOf(string format) =>
        format switch
        {
            "mp3" => ("mp3_44100_128", new SoundRate(16_000, 0)),
            "opus" => ("opus_48000_64", null),
            "pcm" or "wav" => ($"pcm_{WavRate}", SoundRate.Samples(WavRate)),
            "mulaw" => ("ulaw_8000", new SoundRate(8_000, 0)),
            _ => throw RequestErrors.WrongValue(
                "response_format",
                "must be mp3, opus, pcm, wav or mulaw for this provider"
            ),
        };

    private static JsonRequest Merge(JsonRequest request, ModelRoute route, ChainVoice voice)
    {
        if (route.Defaults is null)
            return request;
        var edits = new JsonEdits(request);
        foreach ((string name, string json) in route.Defaults.Values)
        {
            if (request.Find(name) is null)
                edits.Set(name, Encoding.UTF8.GetBytes(json));
        }
        if (voice is { IsOther: true, Json: { } other })
            edits.Set(AgentDefaults.VoiceName, Encoding.UTF8.GetBytes(other));
        return edits.ToRequest();
    }

    private static byte[] Write(JsonRequest request, ModelRoute route, List<string> dropped)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("text"u8, request.Text("input"));
        json.WriteString("model_id"u8, route.Model);
        foreach (JsonMember member in request.Members.Where(member => !member.Value.Span.SequenceEqual("null"u8)))
        {
            if (Passed.Contains(member.Name))
            {
                json.WritePropertyName(member.Name);
                json.WriteRawValue(member.Value.Span, skipInputValidation: true);
            }
            else if (!Known.Contains(member.Name) && ParameterFit.IsPlain(member.Name))
            {
                dropped.Add(member.Name);
            }
        }
        if (request.Find("speed") is { } speed && request.Find("voice_settings") is null)
        {
            double wanted = double.Parse(Encoding.ASCII.GetString(speed.Value.Span), CultureInfo.InvariantCulture);
            double given = Math.Clamp(wanted, Slowest, Fastest);
            if (given != wanted)
                dropped.Add(string.Create(CultureInfo.InvariantCulture, $"speed={given}"));
            json.WriteStartObject("voice_settings"u8);
            json.WriteNumber("speed"u8, given);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
