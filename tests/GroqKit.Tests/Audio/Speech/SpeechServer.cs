using System.Text.Json;
using GroqKit.Audio;
using Microsoft.AspNetCore.Http;

namespace GroqKit.Tests.Audio;

/// <summary>Answers every request to speak with as many samples as the text has letters, each sample being the letter.</summary>
internal static class SpeechServer
{
    public static string TextOf(ReadOnlyMemory<byte> file) =>
        string.Concat(WavAudio.Parse(file).ToSamples().Select(sample => (char)sample));

    public static async Task<string> InputAsync(HttpContext context)
    {
        using JsonDocument body = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
        return body.RootElement.GetProperty("input").GetString()!;
    }

    public static byte[] Speak(string text) =>
        WavAudio.FromSamples([.. text.Select(letter => (short)letter)], 24000).ToArray();

    /// <summary>As a streaming server sends it: sizes unknown.</summary>
    public static byte[] SpeakStreamed(string text) =>
        [.. new WavHeader(WavFormat.Pcm16(24000), null).ToArray(), .. Speak(text)[44..]];

    public static async Task AnswerAsync(HttpContext context, byte[] audio, string type = "audio/wav")
    {
        if (!context.Response.HasStarted)
            context.Response.ContentType = type;
        await context.Response.Body.WriteAsync(audio, context.RequestAborted);
    }

    public static async Task AnswerAsync(HttpContext context) =>
        await AnswerAsync(context, SpeakStreamed(await InputAsync(context)));
}
