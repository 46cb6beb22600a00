namespace GroqKit.Providers;

/// <summary>Names under which speech clients tell more, in the additional properties of answers, and are asked for it: the same for every provider.</summary>
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

    /// <summary>
    /// In the options of text to speech: <c>true</c> asks for <see cref="Words"/>. Providers that don't know when a word is heard leave them out.
    /// </summary>
    public const string WordTimes = "word_times";

    /// <summary>
    /// In the options of text to speech: <c>true</c> lets the sound of an update lie in memory that is used anew for the next: it may be read until
    /// the next update is asked for, and is to be copied to be kept. Who streams much sound at once has half the memory traffic with it. Providers that do
    /// not know it give every update memory of its own, as all do without it.
    /// </summary>
    public const string LentSound = "lent_sound";

    /// <summary>
    /// The words of this answer, or of this update of a stream, as a list of <see cref="SpokenWord"/>: in order, each told once, no later than the
    /// sound that it lies in where the provider keeps to that. Absent when there are none.
    /// </summary>
    public const string Words = "words";
}
