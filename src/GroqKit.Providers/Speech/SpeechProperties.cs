namespace GroqKit.Providers;

/// <summary>Names under which speech clients tell more, in the additional properties of answers: the same for every provider.</summary>
public static class SpeechProperties
{
    /// <summary>The language that was heard, as the provider names it.</summary>
    public const string Language = "language";

    /// <summary>The language that was heard, as a two-letter code; absent when the provider's name for it is not known.</summary>
    public const string LanguageCode = "language_code";

    /// <summary>How sure the provider is of the words, 0 to 1, from the probabilities of its tokens or words.</summary>
    public const string Confidence = "confidence";

    /// <summary>Samples per second of audio without a header.</summary>
    public const string SampleRate = "sample_rate";

    /// <summary>Channels of audio without a header.</summary>
    public const string Channels = "channels";
}
