using GroqKit.Http;

namespace GroqKit.Audio;

/// <summary>Speech to text and text to speech. Safe for all threads.</summary>
public sealed class AudioClient
{
    internal AudioClient(GroqHttp http)
    {
        Transcriptions = new TranscriptionClient(http);
        Translations = new TranslationClient(http);
        Speech = new SpeechClient(http);
    }

    /// <summary>Speech to text in the language that is spoken.</summary>
    public TranscriptionClient Transcriptions { get; }

    /// <summary>Speech to English text.</summary>
    public TranslationClient Translations { get; }

    /// <summary>Text to speech.</summary>
    public SpeechClient Speech { get; }
}
