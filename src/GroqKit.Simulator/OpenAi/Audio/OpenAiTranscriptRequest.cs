using GroqKit.Simulator.Audio;
using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.OpenAi.Models;

namespace GroqKit.Simulator.OpenAi.Audio;

/// <summary>A request to transcribe or translate a file, checked against what its model can do.</summary>
internal sealed record OpenAiTranscriptRequest(OpenAiModel Model, string Format, string Language)
{
    private static readonly string[] Extensions = ["flac", "mp3", "mp4", "mpeg", "mpga", "m4a", "ogg", "wav", "webm"];

    /// <summary>Words beside the segments.</summary>
    public bool WantsWords { get; private init; }

    public bool WantsSegments { get; private init; }

    public bool Streams { get; private init; }

    public static string[] Numbers { get; } = ["temperature"];

    /// <exception cref="ApiException">A field is missing, unknown, or not for the model.</exception>
    public static OpenAiTranscriptRequest Read(Field root, OpenAiModel model)
    {
        string format = "json";
        string language = "en";
        bool streams = false;
        string[] granularities = ["segment"];
        foreach (Field field in root.Properties())
        {
            switch (field.Name)
            {
                case "model" or "prompt" or "languages" or "keywords" or "chunking_strategy":
                case "known_speaker_names" or "known_speaker_references":
                    break;
                case "language":
                    language = Languages.Codes.Contains(field.Text())
                        ? field.Text()
                        : throw field.Error($"Language '{field.Text()}' is not supported.", "invalid_language_format");
                    break;
                case "response_format":
                    format = field.Text();
                    if (!model.TranscriptFormats.Contains(format))
                        throw field.Error(
                            $"response_format '{format}' is not compatible with model '{model.Id}'. Use one of {string.Join(", ", model.TranscriptFormats)}.",
                            "unsupported_value"
                        );
                    break;
                case "temperature":
                    field.Number(0, 1);
                    break;
                case "stream":
                    streams = field.OneOf("true", "false") is "true";
                    break;
                case "include":
                    foreach (Field item in field.Items(1, 1))
                        item.OneOf("logprobs");
                    break;
                case "timestamp_granularities":
                    granularities = [.. field.Items(1, 2).Select(item => item.OneOf("word", "segment"))];
                    break;
                case var name when name.StartsWith("chunking_strategy[", StringComparison.Ordinal):
                    break;
                default:
                    throw OpenAiWire.Unrecognized(field.Name);
            }
        }

        if (granularities is not ["segment"] && format is not "verbose_json")
            throw root.Require("timestamp_granularities")
                .Error("timestamp_granularities is only supported with response_format 'verbose_json'.");
        return new OpenAiTranscriptRequest(model, format, language)
        {
            WantsWords = granularities.Contains("word"),
            WantsSegments = granularities.Contains("segment"),
            // The oldest model takes the wish and ignores it.
            Streams = streams && model.Id is not "whisper-1",
        };
    }

    /// <exception cref="ApiException">There is no file, or none of a kind that is heard.</exception>
    public static ReadOnlyMemory<byte> CheckFile(UploadedFile? file)
    {
        if (file is null)
            throw new ApiException(ApiErrors.Invalid("you must provide a file", "file", "missing_required_parameter"));
        if (!Extensions.Contains(Path.GetExtension(file.Name).TrimStart('.').ToLowerInvariant()))
            throw new ApiException(
                ApiErrors.Invalid(
                    $"Invalid file format. Supported formats: {string.Join(", ", Extensions)}",
                    "file",
                    "unsupported_file"
                )
            );
        return file.Bytes.Length > 0
            ? file.Bytes
            : throw new ApiException(ApiErrors.Invalid("Audio file is empty.", "file", "invalid_value"));
    }
}
