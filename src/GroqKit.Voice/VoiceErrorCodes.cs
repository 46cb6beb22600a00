namespace GroqKit.Voice;

/// <summary>Codes of failures that are not a provider's own.</summary>
public static class VoiceErrorCodes
{
    /// <summary>No bytes, or a file without a single sample.</summary>
    public const string EmptyAudio = "empty_audio";

    /// <summary>More bytes than a turn may have.</summary>
    public const string AudioTooLarge = "audio_too_large";

    /// <summary>Nothing that is known as sound, or a form of it that can't be read.</summary>
    public const string UnsupportedAudio = "unsupported_audio";

    /// <summary>The header announces more sound than came.</summary>
    public const string TruncatedAudio = "truncated_audio";

    /// <summary>There was sound, but nobody said a word.</summary>
    public const string NoSpeech = "no_speech";

    /// <summary>The model gave no text to speak.</summary>
    public const string EmptyAnswer = "empty_answer";

    /// <summary>A provider failed, and nobody else could serve.</summary>
    public const string ProviderFailed = "provider_failed";

    /// <summary>The turn took longer than it may.</summary>
    public const string TurnTimeout = "turn_timeout";

    /// <summary>The caller did not take what was made for it.</summary>
    public const string ClientTooSlow = "client_too_slow";

    /// <summary>The model asked for tools again and again.</summary>
    public const string TooManyToolSteps = "too_many_tool_steps";
}
