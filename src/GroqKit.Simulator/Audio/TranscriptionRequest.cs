using System.Buffers.Text;
using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.Audio;

/// <summary>A request to transcribe or to translate, from a form or, within batches, from JSON.</summary>
internal sealed record TranscriptionRequest(string Model, ReadOnlyMemory<byte>? Audio, string Source)
{
    private const int LongestPrompt = 224;
    private const string DataPrefix = "data:";

    private static readonly string[] Extensions =
    [
        "flac",
        "mp3",
        "mp4",
        "mpeg",
        "mpga",
        "m4a",
        "ogg",
        "opus",
        "wav",
        "webm",
    ];

    public static string[] Numbers { get; } = ["temperature"];

    public string Format { get; init; } = "json";

    public string Language { get; init; } = "en";

    public bool WantsWords { get; init; }

    public bool WantsSegments { get; init; } = true;

    /// <exception cref="ApiException">A field is missing, unknown or out of range.</exception>
    public static TranscriptionRequest Read(Field root, UploadedFile? file, bool translates)
    {
        string model = root.Require("model").NonEmptyText();
        string? url = null;
        string format = "json";
        string language = "en";
        string[] granularities = ["segment"];
        foreach (Field field in root.Properties())
        {
            switch (field.Name)
            {
                case "model":
                    break;
                case "url":
                    url = field.NonEmptyText();
                    break;
                case "language":
                    language = translates ? field.OneOf("en") : field.OneOf(Languages.Codes);
                    break;
                case "prompt":
                    if (TokenRule.Count(field.Text()) > LongestPrompt)
                        throw field.Must($"have at most {LongestPrompt} tokens");
                    break;
                case "response_format":
                    format = field.OneOf("json", "text", "verbose_json");
                    break;
                case "temperature":
                    field.Number(0, 1);
                    break;
                case "timestamp_granularities":
                    granularities = [.. field.Items(1, 2).Select(item => item.OneOf("word", "segment"))];
                    break;
                default:
                    throw field.Unsupported();
            }
        }

        if (file is null == url is null)
            throw new ApiException(ApiErrors.Invalid("exactly one of file and url must be given", "file"));
        if (granularities is not ["segment"] && format is not "verbose_json")
            throw root.Require("timestamp_granularities")
                .Error("timestamp_granularities needs response_format verbose_json");
        return new TranscriptionRequest(model, file is null ? Inline(root, url!) : Checked(file), url ?? "")
        {
            Format = format,
            Language = language,
            WantsWords = granularities.Contains("word"),
            WantsSegments = granularities.Contains("segment"),
        };
    }

    private static ReadOnlyMemory<byte> Checked(UploadedFile file)
    {
        // The name decides first; the bytes have to be audio as well.
        string extension = Path.GetExtension(file.Name).TrimStart('.').ToLowerInvariant();
        if (!Extensions.Contains(extension))
        {
            throw new ApiException(
                ApiErrors.Invalid(
                    $"file must be one of the following types: [{string.Join(' ', Extensions)}]",
                    "file",
                    "unsupported_audio_format"
                )
            );
        }

        return AudioKind.Check(file.Bytes, "file");
    }

    /// <summary>The bytes of a data address; an address on the web is not fetched.</summary>
    private static ReadOnlyMemory<byte>? Inline(Field root, string url)
    {
        Field field = root.Require("url");
        if (!url.StartsWith(DataPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return Uri.TryCreate(url, UriKind.Absolute, out Uri? address) && address.Scheme is "https" or "http"
                ? null
                : throw field.Must("be an https address or base64url data");
        }

        string text = url[(url.IndexOf(',', StringComparison.Ordinal) + 1)..].Replace('+', '-').Replace('/', '_');
        return Base64Url.IsValid(text)
            ? AudioKind.Check(Base64Url.DecodeFromChars(text), "url")
            : throw field.Must("hold valid base64");
    }
}
