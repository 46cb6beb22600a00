using GroqKit.Audio;

namespace GroqKit.Cli.Transcripts;

/// <summary>What transcription and translation do differently.</summary>
/// <param name="Name">The command.</param>
/// <param name="Description">What the command does.</param>
/// <param name="Done">What was done to a file, for people.</param>
/// <param name="DefaultModel">The model unless one is given.</param>
/// <param name="KnowsLanguage">Whether the language that is spoken can be said.</param>
/// <param name="HearAsync">Sends a recording.</param>
internal sealed record SpeechToText(
    string Name,
    string Description,
    string Done,
    string DefaultModel,
    bool KnowsLanguage,
    Func<GroqClient, AudioInput, TranscriptSettings, CancellationToken, Task<Transcription>> HearAsync
)
{
    public static SpeechToText Transcribe { get; } =
        new(
            "transcribe",
            "Write down what recordings say.",
            "transcribed",
            TranscriptionRequest.DefaultModel,
            true,
            static (client, audio, settings, cancellationToken) =>
                client.Audio.Transcriptions.CreateLongAsync(
                    new TranscriptionRequest
                    {
                        Audio = audio,
                        Model = settings.Model,
                        Language = settings.Language,
                        Prompt = settings.Prompt,
                        Temperature = settings.Temperature,
                        ResponseFormat = settings.NeedsTimes
                            ? TranscriptionFormat.VerboseJson
                            : TranscriptionFormat.Json,
                        TimestampGranularities = settings.NeedsTimes
                            ? [TimestampGranularity.Segment, TimestampGranularity.Word]
                            : null,
                    },
                    cancellationToken: cancellationToken
                )
        );

    public static SpeechToText Translate { get; } =
        new(
            "translate",
            "Write down in English what recordings in other languages say.",
            "translated",
            TranslationRequest.DefaultModel,
            false,
            static (client, audio, settings, cancellationToken) =>
                client.Audio.Translations.CreateLongAsync(
                    new TranslationRequest
                    {
                        Audio = audio,
                        Model = settings.Model,
                        Prompt = settings.Prompt,
                        Temperature = settings.Temperature,
                        ResponseFormat = settings.NeedsTimes
                            ? TranscriptionFormat.VerboseJson
                            : TranscriptionFormat.Json,
                    },
                    cancellationToken: cancellationToken
                )
        );
}
