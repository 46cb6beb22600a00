using System.Text.Json;
using GroqKit.Simulator.Audio;
using GroqKit.Simulator.Audio.Formats;
using GroqKit.Simulator.Faults;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.OpenAi.Models;
using GroqKit.Simulator.RateLimits;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.OpenAi.Audio;

/// <summary><c>POST audio/speech</c>: bytes as they would be streamed, or events.</summary>
internal sealed class OpenAiSpeechEndpoint(ModelFaults faults, RateLimiter limiter) : IApiEndpoint
{
    private const int LongestInput = 4_096;
    private const int Rate = 24_000;
    private const int EventBytes = 16_384;
    private const double TokensPerSecond = 20;

    private static readonly string[] OldVoices =
    [
        "alloy",
        "ash",
        "coral",
        "echo",
        "fable",
        "onyx",
        "nova",
        "sage",
        "shimmer",
    ];

    private static readonly string[] Voices = [.. OldVoices, "ballad", "verse", "marin", "cedar"];

    public async Task HandleAsync(Exchange exchange)
    {
        Field root = JsonBody.Parse(exchange.Body, out JsonDocument document);
        using (document)
        {
            string name = root.Require("model").NonEmptyText();
            exchange.Record?.SetModel(name);
            Field input = root.Require("input");
            if (input.NonEmptyText().Length > LongestInput)
                throw input.Error(
                    $"Invalid 'input': string too long. Expected a string with maximum length {LongestInput}.",
                    "string_above_max_length"
                );
            if (await faults.ApplyAsync(exchange, name))
                return;
            OpenAiModel model = OpenAiCatalog.Resolve(name, "gpt-4o-mini-tts", "speech");
            bool isOld = model.Id.StartsWith("tts-", StringComparison.Ordinal);
            string voice = ReadVoice(root.Require("voice"), isOld ? OldVoices : Voices);
            (string format, double speed, bool asEvents) = ReadOptions(root, isOld);
            int tokens = TokenRule.Count(input.Text());
            limiter
                .Admit(exchange, model.Model, new RateCost(Tokens: tokens))
                ?.WriteHeaders(exchange.Http.Response.Headers);
            var wav = new WavFile(Rate, Voice.Say(input.Text(), voice, Rate, speed));
            (string type, byte[] bytes) = Encode(wav, format);
            if (asEvents)
                await SendEventsAsync(exchange, bytes, tokens, (int)Math.Ceiling(wav.Seconds * TokensPerSecond));
            else
                await exchange.SendAsync(StatusCodes.Status200OK, type, bytes, isChunked: true);
        }
    }

    private static string ReadVoice(Field voice, string[] known) =>
        voice.IsObject ? voice.Require("id").NonEmptyText() : voice.OneOf(known);

    private static (string Format, double Speed, bool AsEvents) ReadOptions(Field root, bool isOld)
    {
        string format = "mp3";
        double speed = 1;
        bool asEvents = false;
        foreach (Field field in root.Properties())
        {
            switch (field.Name)
            {
                case "model" or "input" or "voice":
                    break;
                case "response_format":
                    format = field.OneOf("mp3", "opus", "aac", "flac", "wav", "pcm");
                    break;
                case "speed":
                    speed = field.Number(0.25, 4);
                    break;
                case "instructions" when !isOld:
                    field.Text();
                    break;
                case "stream_format":
                    asEvents = field.OneOf(isOld ? ["audio"] : ["audio", "sse"]) is "sse";
                    break;
                default:
                    throw OpenAiWire.Unrecognized(field.Name);
            }
        }

        return (format, speed, asEvents);
    }

    private static (string Type, byte[] Bytes) Encode(WavFile wav, string format) =>
        format switch
        {
            "opus" => ("audio/opus", OpusFile.Of(wav)),
            "aac" => ("audio/aac", AacFile.Of(wav)),
            "flac" => ("audio/flac", FlacFile.Of(wav)),
            "wav" => ("audio/wav", wav.ToStreamedBytes()),
            "pcm" => ("audio/pcm", wav.ToRawBytes()),
            _ => ("audio/mpeg", Mp3File.Of(wav)),
        };

    private static async Task SendEventsAsync(Exchange exchange, byte[] bytes, int inputTokens, int outputTokens)
    {
        using var sse = new SseWriter(exchange);
        var stream = new AudioEventStream(exchange, sse);
        bool isWhole = true;
        foreach (byte[] piece in bytes.Chunk(EventBytes))
        {
            isWhole = await stream.SendAsync(
                piece,
                static (json, audio) =>
                {
                    json.WriteStartObject();
                    json.WriteString("type"u8, "speech.audio.delta"u8);
                    json.WriteBase64String("audio"u8, audio);
                    json.WriteEndObject();
                }
            );
            if (!isWhole)
                break;
        }

        if (isWhole)
        {
            await stream.EndAsync(
                (inputTokens, outputTokens),
                static (json, tokens) =>
                {
                    json.WriteStartObject();
                    json.WriteString("type"u8, "speech.audio.done"u8);
                    json.WriteStartObject("usage"u8);
                    json.WriteNumber("input_tokens"u8, tokens.inputTokens);
                    json.WriteNumber("output_tokens"u8, tokens.outputTokens);
                    json.WriteNumber("total_tokens"u8, tokens.inputTokens + tokens.outputTokens);
                    json.WriteEndObject();
                    json.WriteEndObject();
                }
            );
        }

        await stream.CompleteAsync();
    }
}
