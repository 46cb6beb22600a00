using System.Globalization;
using System.Text.Json;
using GroqKit.Http;
using GroqKit.Json;

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
                static text => new Transcription { Text = text.TrimEnd('\r', '\n') },
                options,
                cancellationToken
            )
            .ConfigureAwait(false);
    }

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
