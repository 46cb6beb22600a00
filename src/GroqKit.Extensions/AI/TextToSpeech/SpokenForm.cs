using GroqKit.Audio;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.AI.TextToSpeech;

/// <summary>The form of the sound, by the names and media types that are in use for it.</summary>
internal static class SpokenForm
{
    /// <summary>The media type of bare samples: 16-bit, little-endian.</summary>
    public const string Pcm = "audio/pcm";

    /// <summary>What Groq is asked for; bare samples are taken out of a WAV file here.</summary>
    public static SpeechFormat ToGroq(string? audioFormat) =>
        Word(audioFormat) switch
        {
            null or "pcm" => SpeechFormat.Wav,
            { } word => new SpeechFormat(word),
        };

    public static bool IsPcm(string? audioFormat, SpeechRequest request) =>
        Word(audioFormat) == "pcm" && request.ResponseFormat == SpeechFormat.Wav;

    public static string MediaType(SpeechFormat format) =>
        format.MediaType.StartsWith("audio/", StringComparison.Ordinal) ? format.MediaType : $"audio/{format.Value}";

    /// <exception cref="NotSupportedException">The samples are not 16-bit, so that taking them out would change them.</exception>
    public static void CheckPcm(WavFormat shape)
    {
        if (shape != WavFormat.Pcm16(shape.SampleRate, shape.Channels))
        {
            throw Unsupported.Option(
                nameof(TextToSpeechOptions),
                nameof(TextToSpeechOptions.AudioFormat),
                $"pcm is 16-bit, but the model speaks {shape}; ask for wav."
            );
        }
    }

    private static string? Word(string? audioFormat) =>
        string.IsNullOrWhiteSpace(audioFormat) ? null : SpeechFormat.Parse(audioFormat).Value;
}
