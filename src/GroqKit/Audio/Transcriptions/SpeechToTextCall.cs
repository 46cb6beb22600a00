using System.Globalization;
using System.Text.Json;
using GroqKit.Http;
using GroqKit.Json;
using GroqKit.Resilience;
using GroqKit.Telemetry;

namespace GroqKit.Audio;

/// <summary>Sends a recording and reads what was heard: the one way of both endpoints.</summary>
internal sealed class SpeechToTextCall(GroqHttp http, Uri address)
{
    public async Task<Transcription> SendAsync(
        SpeechToTextRequest request,
        CallOptions? options,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        SpeechToTextRules.Check(request);
        FilePart? file = request.Audio.Url is null
            ? await SpeechToTextRules.CheckFileAsync(request, cancellationToken).ConfigureAwait(false)
            : null;
        return await http.UploadAsync(
                address,
                new MultipartForm(Fields(request), file),
                GroqJson.Context.Transcription,
                IsText(request.FormatToSend)
                    ? static text => new Transcription { Text = text.TrimEnd('\r', '\n') }
                    : null,
                options,
                cancellationToken,
                new(SpeechToTextOperation.Instance, request.Model, RequestSize.One, request)
            )
            .ConfigureAwait(false);
    }

    /// <summary>As <see cref="SendAsync"/>, but a WAV recording is split where it is too long for one call.</summary>
    public async Task<Transcription> SendLongAsync(
        SpeechToTextRequest request,
        SplitOptions? split,
        CallOptions? options,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        split ??= new SplitOptions();
        split.Validate();
        SpeechToTextRules.Check(request with { MaxUploadBytes = long.MaxValue });
        if (request.Audio.Source is not { } source)
            return await SendAsync(request, options, cancellationToken).ConfigureAwait(false);
        FilePart file = await SpeechToTextRules.CheckFileAsync(request, cancellationToken).ConfigureAwait(false);
        if (AudioFormat.FromFileName(file.Name) == AudioFormat.Wav)
            return await new LongTranscription(this, request, split)
                .RunAsync(options, cancellationToken)
                .ConfigureAwait(false);
        if (source.Length > request.MaxUploadBytes)
        {
            throw SpeechToTextRules.Invalid(
                "file",
                $"is {AudioFormat.FromFileName(file.Name)}, which cannot be split without decoding it. Give its address instead, or convert it to WAV; 16 kHz mono is all that Groq hears."
            );
        }
        return await SendAsync(request, options, cancellationToken).ConfigureAwait(false);
    }

    // Of a format that is newer than this library, the answer's own type decides.
    private static bool IsText(TranscriptionFormat? format) =>
        format is { } asked && asked != TranscriptionFormat.Json && asked != TranscriptionFormat.VerboseJson;

    private static List<KeyValuePair<string, string>> Fields(SpeechToTextRequest request)
    {
        var fields = new List<KeyValuePair<string, string>> { new("model", request.Model) };
        if (request.FormatToSend is { } format)
            fields.Add(new("response_format", format.Value));
        request.AddFields(fields);
        if (request.Prompt is { } prompt)
            fields.Add(new("prompt", prompt));
        if (request.Temperature is { } temperature)
            fields.Add(new("temperature", temperature.ToString(CultureInfo.InvariantCulture)));
        foreach (var (name, value) in request.ExtraBody ?? [])
            fields.Add(new(name, value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()));
        if (request.Audio.Url is { } url)
            fields.Add(new("url", url));
        return fields;
    }
}
