using GroqKit.Audio;
using GroqKit.Catalog;
using Feature = (string Name, System.Func<System.Threading.Tasks.Task<string>> Use);

namespace GroqKit.AheadOfTime;

/// <summary>Speech in and out.</summary>
internal static class SoundFeatures
{
    private static readonly SpeechRequest Words = new()
    {
        Input = "The tide was out. We walked to the island.",
        Voice = SpeechVoice.Hannah,
    };

    public static IEnumerable<Feature> Of(GroqClient groq) =>
        [
            ("speech", async () => $"{(await groq.Audio.Speech.CreateAsync(Words)).Duration > TimeSpan.Zero}"),
            (
                "speech streamed",
                async () => (await (await groq.Audio.Speech.StreamAsync(Words)).CollectAsync()).MediaType
            ),
            (
                "transcription",
                async () => (await groq.Audio.Transcriptions.CreateAsync(await RecordingAsync(groq))).Text.Trim()
            ),
            (
                "subtitles",
                async () =>
                    (await groq.Audio.Transcriptions.CreateLongAsync(await RecordingAsync(groq)))
                        .ToSrt()
                        .Split('\n')[0]
                        .Trim()
            ),
            (
                "translation",
                async () =>
                    (
                        await groq.Audio.Translations.CreateAsync(
                            new TranslationRequest
                            {
                                Audio = (await RecordingAsync(groq)).Audio,
                                Model = GroqModels.WhisperLargeV3,
                            }
                        )
                    )
                        .Text
                        .Length > 0
                        ? "translated"
                        : "empty"
            ),
        ];

    private static async Task<TranscriptionRequest> RecordingAsync(GroqClient groq) =>
        new()
        {
            Audio = AudioInput.FromBytes((await groq.Audio.Speech.CreateAsync(Words)).Data, "walk.wav"),
            ResponseFormat = TranscriptionFormat.VerboseJson,
            TimestampGranularities = [TimestampGranularity.Segment, TimestampGranularity.Word],
        };
}
