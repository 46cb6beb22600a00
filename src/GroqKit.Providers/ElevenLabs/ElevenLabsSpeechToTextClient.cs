using System.Globalization;
using System.Text.Json;
using GroqKit.Providers.Http;
using GroqKit.Providers.Speech;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.ElevenLabs;

/// <summary>ElevenLabs' transcription. A stream's phrases are given when all are there. Immutable; safe for all threads.</summary>
internal sealed class ElevenLabsSpeechToTextClient(ProviderHttp http, ProviderCall site, Uri address, bool logs)
    : TranscribingClient("elevenlabs", site)
{
    private const long MaxBytes = 5_000_000_000;

    private static readonly string[] Passed = ["diarize", "num_speakers", "tag_audio_events", "temperature", "seed"];

    protected override async Task<Transcript> HearAsync(
        Stream stream,
        SpeechToTextOptions? options,
        CancellationToken cancellationToken
    )
    {
        string? model = string.IsNullOrWhiteSpace(options?.ModelId) ? Site.Model : options.ModelId;
        ProviderCall call = Site with { Model = model };
        CallerMistakes.CheckFinite(
            "temperature",
            options?.AdditionalProperties?.GetValueOrDefault("temperature"),
            call
        );
        if (
            SpokenLanguages.ForRequest(options?.TextLanguage) is { } wanted
            && wanted != SpokenLanguages.ForRequest(options!.SpeechLanguage)
        )
        {
            throw new NotSupportedException(
                $"{nameof(SpeechToTextOptions)}.{nameof(SpeechToTextOptions.TextLanguage)}: {Site.Provider} writes down what is spoken and does not translate."
            );
        }
        SoundUpload upload = await SoundUpload
            .ReadAsync(stream, options?.SpeechSampleRate, MaxBytes, call, cancellationToken)
            .ConfigureAwait(false);
        HeardAnswer answer = await http.SendAsync(
                call,
                () => Request(upload, model!, options),
                ReadAsync,
                canRepeat: true,
                cancellationToken
            )
            .ConfigureAwait(false);
        return Map(answer, model!);
    }

    private HttpRequestMessage Request(SoundUpload upload, string model, SpeechToTextOptions? options)
    {
        var form = new MultipartFormDataContent { upload.ToContent(), { new StringContent(model), "\"model_id\"" } };
        if (SpokenLanguages.ForRequest(options?.SpeechLanguage) is { } language)
            form.Add(new StringContent(language), "\"language_code\"");
        foreach (string name in Passed)
        {
            if (options?.AdditionalProperties?.GetValueOrDefault(name) is { } value)
            {
                string text = value is bool flag
                    ? (flag ? "true" : "false")
                    : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
                form.Add(new StringContent(text), $"\"{name}\"");
            }
        }
        string query = logs ? "" : "?enable_logging=false";
        return new HttpRequestMessage(HttpMethod.Post, address.AbsoluteUri + query) { Content = form };
    }

    private static async Task<HeardAnswer> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        Stream body = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            HeardAnswer? heard = await JsonSerializer
                .DeserializeAsync(body, ElevenLabsJson.Default.HeardAnswer, cancellationToken)
                .ConfigureAwait(false);
            return heard?.Text is null ? throw new JsonException("The answer has no text.") : heard;
        }
    }

    private static Transcript Map(HeardAnswer answer, string model)
    {
        HeardWord[] words = [.. (answer.Words ?? []).Where(word => word.Type is null or "word")];
        double[] known = [.. words.Select(word => word.Logprob).OfType<double>()];
        TimeSpan? duration = Transcript.Seconds(answer.Duration ?? words.LastOrDefault()?.End);
        return new Transcript(answer.Text!, model)
        {
            Id = answer.Id,
            Language = answer.LanguageCode,
            Confidence = known.Length > 0 ? Math.Clamp(known.Average(Math.Exp), 0, 1) : null,
            Duration = duration,
            Usage = Transcript.UsageOf(duration),
            Phrases = PhraseCutter.Cut(answer.Words ?? []),
            Raw = answer,
        };
    }
}
