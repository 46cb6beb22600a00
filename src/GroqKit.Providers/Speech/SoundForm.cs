using GroqKit.Audio;

namespace GroqKit.Providers.Speech;

/// <summary>The forms of sound by the words and media types in use for them.</summary>
internal static class SoundForm
{
    /// <summary>One word for what a caller asked for; null when nothing was.</summary>
    public static string? Word(string? audioFormat) =>
        string.IsNullOrWhiteSpace(audioFormat) ? null : SpeechFormat.Parse(audioFormat).Value;

    public static string MediaType(string word) =>
        word switch
        {
            "mp3" => "audio/mpeg",
            "mulaw" => "audio/basic",
            "alaw" => "audio/x-alaw-basic",
            _ => $"audio/{word}",
        };
}
