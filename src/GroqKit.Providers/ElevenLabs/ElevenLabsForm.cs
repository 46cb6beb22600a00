using System.Globalization;
using GroqKit.Providers.Speech;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.ElevenLabs;

/// <summary>A form of sound: what it is called in a query, and what comes then.</summary>
/// <param name="Query">The value of <c>output_format</c>.</param>
/// <param name="Word">The codec.</param>
/// <param name="SampleRate">Samples per second.</param>
internal sealed record ElevenLabsForm(string Query, string Word, int SampleRate)
{
    public string MediaType => SoundForm.MediaType(Word);

    public bool IsBare => Word is "pcm" or "mulaw" or "alaw";

    /// <summary>Bytes of a second; null where that is not even.</summary>
    public int? BytesPerSecond =>
        Word switch
        {
            "pcm" => 2 * SampleRate,
            "mulaw" or "alaw" => SampleRate,
            _ => null,
        };

    /// <param name="audioFormat">A word, a media type, or the vendor's own name such as <c>mp3_22050_32</c>.</param>
    /// <param name="isStream">A stream has no WAV.</param>
    /// <exception cref="NotSupportedException">The vendor has no such form.</exception>
    public static ElevenLabsForm Choose(string? audioFormat, bool isStream)
    {
        string word = SoundForm.Word(audioFormat) ?? "mp3";
        string query = word switch
        {
            "mp3" => "mp3_44100_128",
            "pcm" => "pcm_24000",
            "wav" => "wav_24000",
            "opus" => "opus_48000_64",
            "mulaw" => "ulaw_8000",
            "alaw" => "alaw_8000",
            _ => word,
        };
        string[] parts = query.Split('_');
        bool isKnown =
            parts.Length is 2 or 3
            && parts[0] is "mp3" or "pcm" or "wav" or "opus" or "ulaw" or "alaw"
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out _);
        if (!isKnown || (isStream && parts[0] == "wav"))
        {
            throw new NotSupportedException(
                $"{nameof(TextToSpeechOptions)}.{nameof(TextToSpeechOptions.AudioFormat)}: '{audioFormat}' is none of "
                    + (isStream ? "mp3, pcm, opus, mulaw, alaw for a stream." : "mp3, pcm, wav, opus, mulaw, alaw.")
            );
        }
        int rate = int.Parse(parts[1], CultureInfo.InvariantCulture);
        return new ElevenLabsForm(query, parts[0] == "ulaw" ? "mulaw" : parts[0], rate);
    }

    public AdditionalPropertiesDictionary? Properties() =>
        IsBare ? new() { [SpeechProperties.SampleRate] = SampleRate, [SpeechProperties.Channels] = 1 } : null;
}
