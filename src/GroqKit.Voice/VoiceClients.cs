using Microsoft.Extensions.AI;

namespace GroqKit.Voice;

/// <summary>Who hears, answers and speaks in a turn. Chains of providers (<c>FallbackEngine</c>) tell who served.</summary>
public sealed record VoiceClients
{
    /// <summary>Speech to text; null when turns are typed only.</summary>
    public ISpeechToTextClient? SpeechToText { get; init; }

    /// <summary>The language model.</summary>
    public required IChatClient Chat { get; init; }

    /// <summary>Text to speech; null when answers are read.</summary>
    public ITextToSpeechClient? TextToSpeech { get; init; }

    /// <summary>Speaks the rest of a sentence whose sound broke off. Null: <see cref="TextToSpeech"/> is asked again.</summary>
    public ITextToSpeechClient? SpareTextToSpeech { get; init; }

    /// <summary>Options of speech to text; null: the client's.</summary>
    public SpeechToTextOptions? HearingOptions { get; init; }

    /// <summary>Options of the model. Functions among its tools are called by the pipeline. Null: the client's.</summary>
    public ChatOptions? AnswerOptions { get; init; }

    /// <summary>
    /// Options of text to speech, for example the voice; its form is <c>wav</c> where they say so, else <c>pcm</c>. The times of words are asked for
    /// unless <see cref="GroqKit.Providers.SpeechProperties.WordTimes"/> among their additional properties is false. Null: the client's.
    /// </summary>
    public TextToSpeechOptions? SpeakingOptions { get; init; }

    /// <summary>What is said when a tool is called before anything was: for example "One moment." Null: nothing.</summary>
    public string? ToolFiller { get; init; }
}
