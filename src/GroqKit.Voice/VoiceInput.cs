namespace GroqKit.Voice;

/// <summary>What a turn begins with: words, or sound that may still be coming.</summary>
public sealed class VoiceInput
{
    private VoiceInput(string? text, Stream? audio, string? mediaType)
    {
        Text = text;
        Audio = audio;
        MediaType = mediaType;
    }

    /// <summary>The words; null when there is sound, or nothing new.</summary>
    public string? Text { get; }

    /// <summary>The sound, read once, forward only; its end is the end of speech. It stays open. Null when there is none.</summary>
    public Stream? Audio { get; }

    /// <summary>What the sender says the sound is. Believed only for samples without a header; files say it themselves.</summary>
    public string? MediaType { get; }

    /// <summary>A turn that answers what the history ends with.</summary>
    public static VoiceInput FromHistory() => new(null, null, null);

    /// <summary>A turn that was typed.</summary>
    /// <param name="text">The words; not blank.</param>
    public static VoiceInput FromText(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        return new VoiceInput(text, null, null);
    }

    /// <summary>A turn that was spoken.</summary>
    /// <param name="audio">The sound: a file of any kind that the provider takes, or bare samples.</param>
    /// <param name="mediaType">
    /// For bare mono samples <c>audio/pcm;rate=16000</c> (16-bit, little-endian), <c>audio/basic</c> (µ-law, 8,000 a second) or
    /// <c>audio/x-alaw-basic</c>; else anything or null.
    /// </param>
    public static VoiceInput FromAudio(Stream audio, string? mediaType = null)
    {
        ArgumentNullException.ThrowIfNull(audio);
        return new VoiceInput(null, audio, mediaType);
    }
}
