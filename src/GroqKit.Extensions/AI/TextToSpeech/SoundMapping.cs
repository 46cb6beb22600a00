using GroqKit.Audio;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.AI.TextToSpeech;

/// <summary>What was spoken, whole.</summary>
internal static class SoundMapping
{
    /// <exception cref="NotSupportedException">Bare samples are wanted, and the model's are not 16-bit.</exception>
    public static TextToSpeechResponse Map(SpeechAudio audio, SpeechRequest request, bool asPcm)
    {
        WavAudio? wav = audio.Format == SpeechFormat.Wav ? WavAudio.Parse(audio.Data) : null;
        if (asPcm)
            SpokenForm.CheckPcm(wav!.Format);
        return new TextToSpeechResponse([
            asPcm
                ? new DataContent(wav!.Data, SpokenForm.Pcm)
                : new DataContent(audio.Data, SpokenForm.MediaType(audio.Format)),
        ])
        {
            ModelId = request.Model,
            ResponseId = audio.Metadata.RequestId,
            Usage = Usage(request),
            RawRepresentation = audio,
            AdditionalProperties = Properties(wav?.Format, audio.Warnings),
        };
    }

    /// <summary>Speech is paid for by the character; Groq reports nothing.</summary>
    public static UsageDetails Usage(SpeechRequest request) =>
        new() { AdditionalCounts = new() { ["Characters"] = request.Input.Length } };

    /// <summary>The shape of the samples, without which bare ones cannot be played, and what was done differently from what was asked.</summary>
    public static AdditionalPropertiesDictionary? Properties(WavFormat? shape, IReadOnlyList<GroqWarning> warnings)
    {
        var properties = new AdditionalPropertiesDictionary();
        if (shape is { } known)
        {
            properties["sample_rate"] = known.SampleRate;
            properties["channels"] = known.Channels;
        }
        if (warnings.Count > 0)
            properties["warnings"] = warnings.Select(warning => warning.Message).ToArray();
        return properties.Count > 0 ? properties : null;
    }
}
