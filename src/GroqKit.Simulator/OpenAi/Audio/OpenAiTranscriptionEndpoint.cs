using System.Text;
using GroqKit.Simulator.Audio;
using GroqKit.Simulator.Faults;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.OpenAi.Models;
using GroqKit.Simulator.RateLimits;

namespace GroqKit.Simulator.OpenAi.Audio;

/// <summary><c>POST audio/transcriptions</c> and <c>audio/translations</c>.</summary>
internal sealed class OpenAiTranscriptionEndpoint(ModelFaults faults, RateLimiter limiter, bool translates)
    : IApiEndpoint
{
    public async Task HandleAsync(Exchange exchange)
    {
        MultipartForm form = await MultipartForm.ReadAsync(exchange, OpenAiTranscriptRequest.Numbers);
        string name = form.Fields.Require("model").NonEmptyText();
        exchange.Record?.SetModel(name);
        ReadOnlyMemory<byte> audio = OpenAiTranscriptRequest.CheckFile(form.Files.GetValueOrDefault("file"));
        if (await faults.ApplyAsync(exchange, name))
            return;
        OpenAiModel model = OpenAiCatalog.Resolve(name, "whisper-1", "transcription");
        if (translates && !model.Model.Can("translation"))
            throw form.Fields.Require("model").Error($"The model `{name}` does not translate.");
        OpenAiTranscriptRequest request = OpenAiTranscriptRequest.Read(form.Fields, model);
        limiter.Admit(exchange, model.Model, new RateCost())?.WriteHeaders(exchange.Http.Response.Headers);
        Hearing hearing = Hearing.Of(audio, "", exchange.Words?.Text);
        string? text = request.Format switch
        {
            "text" => hearing.Text + "\n",
            "srt" => Subtitles.Srt(hearing),
            "vtt" => Subtitles.Vtt(hearing),
            _ => null,
        };
        if (request.Streams)
            await SendEventsAsync(exchange, request, hearing);
        else if (text is not null)
            await exchange.SendAsync(200, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));
        else
            await exchange.SendJsonAsync(json => OpenAiTranscriptWriter.Write(json, request, hearing, translates));
    }

    private static async Task SendEventsAsync(Exchange exchange, OpenAiTranscriptRequest request, Hearing hearing)
    {
        using var sse = new SseWriter(exchange);
        var stream = new AudioEventStream(exchange, sse);
        bool isWhole = true;
        for (int i = 0; i < hearing.Words.Count && isWhole; i++)
        {
            isWhole = await stream.SendAsync(
                (i == 0 ? "" : " ") + hearing.Words[i].Text,
                static (json, word) =>
                {
                    json.WriteStartObject();
                    json.WriteString("type"u8, "transcript.text.delta"u8);
                    json.WriteString("delta"u8, word);
                    json.WriteEndObject();
                }
            );
        }

        if (isWhole)
        {
            await stream.EndAsync(
                (request, hearing),
                static (json, state) =>
                {
                    json.WriteStartObject();
                    json.WriteString("type"u8, "transcript.text.done"u8);
                    json.WriteString("text"u8, state.hearing.Text);
                    json.WritePropertyName("usage"u8);
                    OpenAiTranscriptWriter.WriteUsage(json, state.request, state.hearing);
                    json.WriteEndObject();
                }
            );
        }

        await stream.CompleteAsync();
    }
}
