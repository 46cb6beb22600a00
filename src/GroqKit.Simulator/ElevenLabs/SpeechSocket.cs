using System.Net.WebSockets;
using System.Text.Json;
using GroqKit.Simulator.Audio;
using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Faults;
using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.ElevenLabs;

/// <summary>Says what it is given over a socket, a message a sentence, and lets faults interfere before each.</summary>
internal sealed class SpeechSocket(Exchange exchange, WebSocket socket, string voice, OutputFormat format) : IFrameSink
{
    private int _sent;

    public double Speed { get; set; } = 1;

    /// <summary>Sends the audio of a text; false when a fault has taken over.</summary>
    public async Task<bool> SayAsync(string text)
    {
        foreach (string sentence in SentenceCutter.Cut(text))
        {
            if (string.IsNullOrWhiteSpace(sentence))
                continue;
            if (await StreamFaults.InterfereAsync(exchange, this, FrameKind.Content, _sent))
                return false;
            WavFile wav = format.Say(sentence, voice, Speed);
            await SendAsync(json => WriteAudio(json, sentence, wav));
            _sent++;
        }

        return true;
    }

    /// <summary>Says that nothing more follows, and closes.</summary>
    public async Task EndAsync()
    {
        if (await StreamFaults.InterfereAsync(exchange, this, FrameKind.Closing, _sent))
            return;
        await SendAsync(static json =>
        {
            json.WriteStartObject();
            json.WriteNull("audio"u8);
            json.WriteBoolean("isFinal"u8, true);
            json.WriteNull("alignment"u8);
            json.WriteNull("normalizedAlignment"u8);
            json.WriteEndObject();
        });
        await CloseAsync(WebSocketCloseStatus.NormalClosure, "");
    }

    public ValueTask FlushAsync() => ValueTask.CompletedTask;

    public async ValueTask WriteBrokenAsync() =>
        await socket.SendAsync("{\"audio\":\"AAAA"u8.ToArray(), WebSocketMessageType.Text, true, exchange.Gone);

    public async ValueTask WriteErrorAsync(ApiError error)
    {
        ApiError translated = exchange.Wire.Translate(error);
        await SendAsync(json =>
        {
            json.WriteStartObject();
            json.WriteString("message"u8, translated.Message);
            json.WriteString("error"u8, ElevenLabsErrors.Status(translated.Code));
            json.WriteNumber("code"u8, (int)WebSocketCloseStatus.PolicyViolation);
            json.WriteEndObject();
        });
        await CloseAsync(WebSocketCloseStatus.PolicyViolation, ElevenLabsErrors.Status(translated.Code));
    }

    private static void WriteAudioFields(Utf8JsonWriter json, Alignment alignment, byte[] audio)
    {
        json.WriteBase64String("audio"u8, audio);
        json.WriteNull("isFinal"u8);
        json.WritePropertyName("alignment"u8);
        alignment.WriteMilliseconds(json);
        json.WritePropertyName("normalizedAlignment"u8);
        alignment.WriteMilliseconds(json);
    }

    private void WriteAudio(Utf8JsonWriter json, string text, WavFile wav)
    {
        json.WriteStartObject();
        WriteAudioFields(json, Alignment.Of(text, wav), format.Encode(wav));
        json.WriteEndObject();
    }

    private Task SendAsync(Action<Utf8JsonWriter> write) =>
        socket.SendAsync(JsonBuffer.Write(write).ToArray(), WebSocketMessageType.Text, true, exchange.Gone);

    private Task CloseAsync(WebSocketCloseStatus status, string why) =>
        socket.CloseOutputAsync(status, why, exchange.Gone);
}
