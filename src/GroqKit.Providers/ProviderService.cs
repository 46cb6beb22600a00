namespace GroqKit.Providers;

/// <summary>What a provider does for its caller.</summary>
public enum ProviderService
{
    /// <summary>Language models: <c>llm</c>.</summary>
    Llm,

    /// <summary>Speech to text: <c>stt</c>.</summary>
    SpeechToText,

    /// <summary>Text to speech: <c>tts</c>.</summary>
    TextToSpeech,
}
