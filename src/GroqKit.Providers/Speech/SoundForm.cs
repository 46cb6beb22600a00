namespace GroqKit.Providers.Speech;

/// <summary>The forms of sound by the words and media types in use for them.</summary>
internal static class SoundForm
{
    /// <summary>One word for what a caller asked for; null when nothing was.</summary>
    public static string? Word(string? audioFormat)
    {
        if (string.IsNullOrWhiteSpace(audioFormat))
            return null;
        string word = audioFormat.Split(';')[0].Trim().ToLowerInvariant();
        if (word.StartsWith("audio/", StringComparison.Ordinal))
            word = word["audio/".Length..];
        return word switch
        {
            "mpeg" => "mp3",
            "x-wav" or "wave" or "vnd.wave" => "wav",
            "basic" or "ulaw" or "pcmu" => "mulaw",
            "pcma" => "alaw",
            "l16" => "pcm",
            _ => word,
        };
    }

    public static string MediaType(string word) =>
        word switch
        {
            "mp3" => "audio/mpeg",
            "mulaw" => "audio/basic",
            "alaw" => "audio/x-alaw-basic",
            _ => $"audio/{word}",
        };
}
