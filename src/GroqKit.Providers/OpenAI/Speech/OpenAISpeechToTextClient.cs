using System.Globalization;
using System.Text.Json;
using GroqKit.Providers.Http;
using GroqKit.Providers.Speech;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.OpenAI.Speech;

/// <summary>OpenAI's transcription. A stream's phrases are given when all are there. Immutable; safe for all threads.</summary>
internal sealed class OpenAISpeechToTextClient(
    ProviderHttp http,
    ProviderCall site,
    Uri transcriptions,
    Uri translations
) : TranscribingClient("openai", site)
{
    private const long MaxBytes = 25 * 1024 * 1024;

    protected override async Task<Transcript> HearAsync(
        Stream stream,
        SpeechToTextOptions? options,
        CancellationToken cancellationToken
    )
    {
        string model =
            (string.IsNullOrWhiteSpace(options?.ModelId) ? Site.Model : options.ModelId)
            ?? throw new ArgumentException(
                "model: is missing: name it when the client is made, or in the options.",
                nameof(options)
            );
        ProviderCall call = Site with { Model = model };
        CallerMistakes.CheckFinite(
            "temperature",
            options?.AdditionalProperties?.GetValueOrDefault("temperature"),
            call
        );
        bool translates = IsTranslation(options);
        SoundUpload upload = await SoundUpload
            .ReadAsync(stream, options?.SpeechSampleRate, MaxBytes, call, cancellationToken)
            .ConfigureAwait(false);
        (TranscriptAnswer answer, string? id) = await http.SendAsync(
                call,
                () => Request(translates ? translations : transcriptions, upload, model, options, translates),
                ReadAsync,
                canRepeat: true,
                cancellationToken
            )
            .ConfigureAwait(false);
        return TranscriptReading.Read(answer, model, id);
    }

    private static HttpRequestMessage Request(
        Uri address,
        SoundUpload upload,
        string model,
        SpeechToTextOptions? options,
        bool translates
    )
    {
        var form = new MultipartFormDataContent
        {
            upload.ToContent(),
            { new StringContent(model), "\"model\"" },
            { new StringContent(TranscriptReading.FormatOf(model)), "\"response_format\"" },
        };
        if (!translates && SpokenLanguages.ForRequest(options?.SpeechLanguage) is { } language)
            form.Add(new StringContent(language), "\"language\"");
        if (TranscriptReading.HasLogprobs(model))
            form.Add(new StringContent("logprobs"), "\"include[]\"");
        foreach (string name in (string[])["prompt", "temperature"])
        {
            if (options?.AdditionalProperties?.GetValueOrDefault(name) is { } value)
                form.Add(new StringContent(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""), $"\"{name}\"");
        }
        return new HttpRequestMessage(HttpMethod.Post, address) { Content = form };
    }

    private async Task<(TranscriptAnswer Answer, string? RequestId)> ReadAsync(
        HttpResponseMessage answer,
        CancellationToken cancellationToken
    )
    {
        Stream body = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            TranscriptAnswer? heard = await JsonSerializer
                .DeserializeAsync(body, OpenAIJson.Default.TranscriptAnswer, cancellationToken)
                .ConfigureAwait(false);
            return heard?.Text is null
                ? throw new JsonException("The answer has no text.")
                : (heard, http.RequestIdOf(answer));
        }
    }

    private static bool IsTranslation(SpeechToTextOptions? options)
    {
        if (SpokenLanguages.ForRequest(options?.TextLanguage) is not { } wanted)
            return false;
        if (wanted == SpokenLanguages.ForRequest(options!.SpeechLanguage))
            return false;
        return wanted == "en"
            ? true
            : throw new NotSupportedException(
                $"{nameof(SpeechToTextOptions)}.{nameof(SpeechToTextOptions.TextLanguage)}: only English is translated into."
            );
    }
}
