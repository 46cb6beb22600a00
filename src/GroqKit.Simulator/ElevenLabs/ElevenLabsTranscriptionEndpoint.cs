using System.Globalization;
using System.Runtime.InteropServices;
using GroqKit.Simulator.Audio;
using GroqKit.Simulator.Faults;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.Models;

namespace GroqKit.Simulator.ElevenLabs;

/// <summary><c>POST speech-to-text</c>.</summary>
internal sealed class ElevenLabsTranscriptionEndpoint(ModelFaults faults) : IApiEndpoint
{
    private const int RawRate = 16_000;
    private const double Shortest = 0.1;

    private static readonly string[] WithoutEffect =
    [
        "tag_audio_events",
        "num_speakers",
        "diarization_threshold",
        "use_multi_channel",
        "additional_formats",
        "keyterms",
        "entity_detection",
        "entity_redaction",
        "detect_speaker_roles",
        "no_verbatim",
        "seed",
        "webhook",
        "webhook_id",
        "webhook_metadata",
        "use_speaker_library",
        "cloud_storage_url",
    ];

    public async Task HandleAsync(Exchange exchange)
    {
        MultipartForm form = await MultipartForm.ReadAsync(exchange, "temperature");
        string model = form.Fields.Require("model_id").NonEmptyText();
        exchange.Record?.SetModel(model);
        string granularity = "word";
        string language = "en";
        string? source = null;
        bool isRaw = false;
        bool diarizes = false;
        foreach (Field field in form.Fields.Properties())
        {
            switch (field.Name)
            {
                case "model_id":
                    break;
                case "file_format":
                    isRaw = field.OneOf("other", "pcm_s16le_16") is not "other";
                    break;
                case "source_url":
                    source = field.NonEmptyText();
                    break;
                case "language_code":
                    language = field.NonEmptyText();
                    break;
                case "timestamps_granularity":
                    granularity = field.OneOf("none", "word", "character");
                    break;
                case "diarize":
                    diarizes = field.OneOf("true", "false") is "true";
                    break;
                case "temperature":
                    field.Number(0, 2);
                    break;
                default:
                    if (!WithoutEffect.Contains(field.Name.TrimEnd('[', ']')))
                        throw field.Unsupported();
                    break;
            }
        }

        if (await faults.ApplyAsync(exchange, model))
            return;
        if (ModelCatalog.FaultIn(model) is null && ElevenLabsModel.Find(model) is not { Speaks: false })
            throw ElevenLabsErrors.Invalid($"'{model}' is not a valid model_id.", "invalid_parameters", "model_id");
        UploadedFile? file = form.Files.GetValueOrDefault("file");
        Hearing hearing = Hear(file, source, isRaw);
        var transcript = new ElevenLabsTranscript(hearing, language, granularity, diarizes, exchange.Id);
        await exchange.SendJsonAsync(transcript.Write);
    }

    private static Hearing Hear(UploadedFile? file, string? source, bool isRaw)
    {
        if (file is null == source is null)
            throw ElevenLabsErrors.Invalid(
                "Exactly one of file and source_url must be provided.",
                "invalid_parameters",
                "file"
            );
        if (file is null)
            return Hearing.Of(null, source!);
        Hearing hearing = isRaw
            ? Hearing.Of(new WavFile(RawRate, MemoryMarshal.Cast<byte, short>(file.Bytes.Span).ToArray()))
            : Hearing.Of(file.Bytes, "");
        return hearing.Seconds >= Shortest
            ? hearing
            : throw ElevenLabsErrors.Invalid(
                string.Create(CultureInfo.InvariantCulture, $"The audio is too short: {hearing.Seconds} seconds."),
                "audio_too_short",
                "file"
            );
    }
}
