using System.Text.Json;
using GroqKit.Simulator.Audio;
using GroqKit.Simulator.Faults;
using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.ElevenLabs;

/// <summary><c>POST text-to-speech/{voice_id}</c> and its forms: streamed, with timestamps, and both.</summary>
internal sealed class ElevenLabsSpeechEndpoint(ModelFaults faults, bool streams, bool withTimes) : IApiEndpoint
{
    public const string VoiceKey = "voice_id";

    public async Task HandleAsync(Exchange exchange)
    {
        Field root = JsonBody.Parse(exchange.Body, out JsonDocument document);
        using (document)
        {
            var options = SpeechOptions.Read(root, exchange.RouteText(VoiceKey));
            exchange.Record?.SetModel(options.ModelId);
            if (await faults.ApplyAsync(exchange, options.ModelId))
                return;
            options.Check();
            OutputFormat format = OutputFormat.Read(exchange.Http.Request.Query["output_format"], streams);
            exchange.Http.Response.Headers["character-cost"] = options.Cost.ToString();
            exchange.Http.Response.Headers["history-item-id"] = exchange.Id;
            if (!withTimes)
            {
                byte[] bytes = format.Encode(format.Say(options.Text, options.VoiceId, options.Speed));
                await exchange.SendAsync(StatusCodes.Status200OK, format.ContentType, bytes, isChunked: true);
            }
            else if (streams)
            {
                await SendLinesAsync(exchange, options, format);
            }
            else
            {
                await exchange.SendJsonAsync(json => WriteTimed(json, options.Text, options, format));
            }
        }
    }

    /// <summary>A line a sentence.</summary>
    private static Task SendLinesAsync(Exchange exchange, SpeechOptions options, OutputFormat format)
    {
        var lines = new MemoryStream();
        foreach (string sentence in SentenceCutter.Cut(options.Text))
        {
            lines.Write(JsonBuffer.Write(json => WriteTimed(json, sentence, options, format)));
            lines.WriteByte((byte)'\n');
        }

        return exchange.SendAsync(StatusCodes.Status200OK, "application/json", lines.ToArray(), isChunked: true);
    }

    private static void WriteTimed(Utf8JsonWriter json, string text, SpeechOptions options, OutputFormat format)
    {
        WavFile wav = format.Say(text, options.VoiceId, options.Speed);
        var alignment = Alignment.Of(text, wav);
        json.WriteStartObject();
        json.WriteBase64String("audio_base64"u8, format.Encode(wav));
        json.WritePropertyName("alignment"u8);
        alignment.WriteSeconds(json);
        json.WritePropertyName("normalized_alignment"u8);
        alignment.WriteSeconds(json);
        json.WriteEndObject();
    }
}
