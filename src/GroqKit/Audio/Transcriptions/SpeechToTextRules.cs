using System.Buffers;
using System.Text.Json;
using GroqKit.Catalog;
using GroqKit.Errors;
using GroqKit.Http;
using GroqKit.Json;
using GroqKit.Models;

namespace GroqKit.Audio;

/// <summary>What Groq would refuse anyway, found before anything is sent. Each rule names the parameter as it stands on the wire.</summary>
internal static class SpeechToTextRules
{
    private const int MaxPromptTokens = 224;

    private static readonly SearchValues<char> Base64Url = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_="
    );

    private static readonly HashSet<string> OwnFields =
    [
        "file",
        "url",
        "model",
        "language",
        "prompt",
        "response_format",
        "temperature",
        "timestamp_granularities",
        "timestamp_granularities[]",
    ];

    /// <exception cref="GroqValidationException">A rule is broken.</exception>
    public static void Check(SpeechToTextRequest request)
    {
        CheckAudio(request.Audio, request.MaxUploadBytes);
        ModelName.Check(request.Model, "model");
        CheckModel(request);
        CheckPrompt(request.Prompt);
        if (request.Temperature is { } temperature && !(temperature is >= 0 and <= 1))
            throw Invalid("temperature", "must be from 0 to 1.");
        CheckFormat(request.ResponseFormat);
        if (request is TranscriptionRequest transcription)
        {
            CheckLanguage(transcription.Language);
            CheckTimestamps(transcription);
        }
        if (request is TranslationRequest { Language: { } language } && language != "en")
            throw Invalid("language", "must be en, or not set: Groq translates into English only.");
        CheckExtra(request.ExtraBody);
    }

    /// <summary>Checks what only the file's beginning tells, and gives the file as it will be sent.</summary>
    /// <exception cref="GroqValidationException">A rule is broken.</exception>
    public static async ValueTask<FilePart> CheckFileAsync(
        SpeechToTextRequest request,
        CancellationToken cancellationToken
    )
    {
        UploadSource source = request.Audio.Source!;
        ReadOnlyMemory<byte> head;
        try
        {
            head = await source.PeekAsync(AudioSignature.Length, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException error)
        {
            throw Invalid("file", $"cannot be read: {error.Message}", error);
        }
        if (head.IsEmpty)
            throw Invalid("file", "is empty.");
        (string name, AudioFormat format) = UploadName.Choose(request.Audio.FileName, head.Span, out string? problem);
        if (problem is not null)
            throw Invalid("file", problem);
        return new FilePart(source, name, format.MediaType, request.MaxUploadBytes, request.Progress);
    }

    public static GroqValidationException Invalid(string parameter, string problem, Exception? inner = null) =>
        new($"{parameter}: {problem}", new ErrorDetails { Parameter = parameter }, inner);

    private static void CheckAudio(AudioInput? audio, long maxUploadBytes)
    {
        if (audio is null)
            throw Invalid("file", "is missing: give a file, bytes, a stream or an address.");
        if (maxUploadBytes < 1)
            throw Invalid("file", "MaxUploadBytes must be at least 1.");
        if (audio.Url is { } url)
        {
            CheckUrl(url);
            return;
        }
        if (audio.Source!.FindProblem() is { } problem)
            throw Invalid("file", problem);
        if (Rules.FindFileNameProblem(audio.FileName) is { } nameProblem)
            throw Invalid("file", nameProblem);
        if (audio.Length == 0)
            throw Invalid("file", "is empty.");
        if (audio.Length > maxUploadBytes)
        {
            throw Invalid(
                "file",
                $"has {audio.Length} bytes; at most {maxUploadBytes} can be attached. Give its address instead, or split a WAV recording with CreateLongAsync."
            );
        }
    }

    private static void CheckUrl(string url)
    {
        if (url.Length == 0)
            throw Invalid("url", "is empty.");
        if (HalfPairs.IsIn(url))
            throw Invalid("url", HalfPairs.Problem);
        if (url.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            if (!url.Contains(";base64,", StringComparison.OrdinalIgnoreCase))
                throw Invalid("url", "is a data URL that is not in base64.");
            return;
        }
        if (!url.Contains(':', StringComparison.Ordinal) && !url.AsSpan().ContainsAnyExcept(Base64Url))
            return;
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? uri))
            throw Invalid("url", "is neither an absolute address, nor a data URL, nor Base64URL text.");
        bool allowed = uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback);
        if (!allowed)
            throw Invalid("url", "must begin with https.");
    }

    // An id that nobody knows may be newer than the catalogue, or belong to a gateway: the server judges.
    private static void CheckModel(SpeechToTextRequest request)
    {
        if (ModelCatalog.Default.Find(request.Model) is not { } model || model.Kind == ModelKind.Unknown)
            return;
        if (model.Kind != ModelKind.Transcription)
            throw Invalid("model", $"{model.Id} is a model for {model.Kind}; take one of the Whisper family.");
        if (request is TranslationRequest && model.Supports(ModelCapability.Translation) == false)
            throw Invalid("model", $"{model.Id} does not translate; take {TranslationRequest.DefaultModel}.");
    }

    // Every word is at least a token, so more words than that cannot fit.
    private static void CheckPrompt(string? prompt)
    {
        if (HalfPairs.IsIn(prompt))
            throw Invalid("prompt", HalfPairs.Problem);
        int words = prompt?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length ?? 0;
        if (words > MaxPromptTokens)
            throw Invalid("prompt", $"has {words} words; at most {MaxPromptTokens} tokens are taken.");
    }

    private static void CheckFormat(TranscriptionFormat? format)
    {
        if (format is not { } given)
            return;
        if (string.IsNullOrEmpty(given.Value))
            throw Invalid("response_format", "is empty.");
        if (given.Value is "srt" or "vtt")
            throw Invalid(
                "response_format",
                $"Groq does not make {given.Value}: ask for verbose_json, then call To{(given.Value == "srt" ? "Srt" : "Vtt")}() on the answer."
            );
    }

    // Which languages there are changes; what a code looks like does not.
    private static void CheckLanguage(string? language)
    {
        bool wellFormed = language is null || (language.Length is 2 or 3 && language.All(char.IsAsciiLetterLower));
        if (!wellFormed)
            throw Invalid("language", "must be an ISO 639-1 code in small letters, such as en.");
    }

    private static void CheckTimestamps(TranscriptionRequest request)
    {
        if (request.TimestampGranularities is not { } granularities)
            return;
        if (granularities.Count == 0)
            throw Invalid("timestamp_granularities", "must have an entry, or not be set.");
        for (int i = 0; i < granularities.Count; i++)
        {
            if (string.IsNullOrEmpty(granularities[i].Value))
                throw Invalid($"timestamp_granularities[{i}]", "is empty.");
        }
        if (request.ResponseFormat is { } format && format != TranscriptionFormat.VerboseJson)
            throw Invalid("timestamp_granularities", "needs response_format to be verbose_json.");
    }

    private static void CheckExtra(Dictionary<string, JsonElement>? extra)
    {
        foreach (var (name, value) in extra ?? [])
        {
            if (OwnFields.Contains(name))
                throw Invalid(name, "stands in the extra body, but the request has a property for it.");
            if (name.Length == 0 || name.Any(letter => letter is <= ' ' or > '~' or '"' or '\\'))
                throw Invalid("extra_body", "has a name that is not of plain letters.");
            if (value.ValueKind == JsonValueKind.Undefined)
                throw Invalid(name, "has no value in the extra body.");
            if (HalfPairs.IsIn(value))
                throw Invalid(name, HalfPairs.Problem);
        }
    }
}
