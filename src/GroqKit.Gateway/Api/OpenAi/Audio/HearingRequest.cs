using System.Globalization;
using GroqKit.Audio;
using GroqKit.Gateway.Api.OpenAi.Uploads;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Translation.Audio;
using GroqKit.Voice;

namespace GroqKit.Gateway.Api.OpenAi.Audio;

/// <summary>What is checked of a transcription before any provider is asked.</summary>
internal static class HearingRequest
{
    private const int HeadLength = 64;

    // What ElevenLabs calls samples without a file around them.
    private const string RawField = "file_format";
    private const string RawSamples = "pcm_s16le_16";
    private const int RawRate = 16_000;

    /// <summary>Checks the recording by its content; names lie.</summary>
    /// <returns>What it is; null for samples that the caller says are bare, and where there is an address instead.</returns>
    /// <exception cref="GatewayException">It is missing, empty, or nothing that is known to hold sound.</exception>
    public static AudioFormat? CheckSound(UploadForm form)
    {
        if (!form.HasFile)
            return form.Find("url") is { Length: > 0 } || !form.IsWhole ? null : throw RequestErrors.Missing("file");
        if (form.Held.IsEmpty)
            throw RequestErrors.WrongValue("file", "is empty");
        ReadOnlySpan<byte> head = form.Held.Span[..Math.Min(HeadLength, form.Held.Length)];
        AudioFormat? known = AudioFormat.FromContent(head);
        // Samples may begin with anything, also with what looks like the first frame of an MP3 file; a tag before it does not come by chance.
        bool mayBeSamples = known == AudioFormat.Mp3 && !head.StartsWith("ID3"u8);
        if (known is not null && !(mayBeSamples && SaysSamples(form)))
            return known;
        return form.Find(RawField) is not null
            ? null
            : throw RequestErrors.WrongValue(
                "file",
                "is no recording of a known kind (flac, mp3, mp4, ogg, wav, webm)"
            );
    }

    /// <summary>How long the recording is by its bytes; null where that isn't known.</summary>
    /// <param name="form">The form.</param>
    /// <param name="format">What <see cref="CheckSound"/> found.</param>
    public static SoundRate? RateOf(UploadForm form, AudioFormat? format) =>
        format is not null ? SoundRate.Read(form.Held.Span)
        : form.Find(RawField) == RawSamples ? SoundRate.Samples(RawRate)
        : null;

    private static bool SaysSamples(UploadForm form) =>
        form.Find(RawField) is { } kind
            ? kind == RawSamples
            : SoundFormat.TryParse(form.FileType, out SoundFormat said) && said.Coding != SoundCoding.Wav;

    /// <exception cref="GatewayException">A field is wrong.</exception>
    public static void CheckField(UploadField field)
    {
        switch (field.Name)
        {
            case "response_format" when !TranscriptFormats.All.Contains(field.Value):
                throw RequestErrors.WrongValue(
                    field.Name,
                    "must be one of " + string.Join(", ", TranscriptFormats.All)
                );
            case "temperature"
                when !double.TryParse(
                    field.Value,
                    NumberStyles.Float,
                    CultureInfo.InvariantCulture,
                    out double temperature
                ) || temperature is not (>= 0 and <= 2):
                throw RequestErrors.WrongValue(field.Name, "must be a number between 0 and 2");
            case "timestamp_granularities[]" when field.Value is not ("word" or "segment"):
                throw RequestErrors.WrongValue("timestamp_granularities", "must be word or segment");
            case "stream" when field.Value is not ("true" or "false"):
                throw RequestErrors.WrongType(field.Name, "true or false");
        }
    }
}
