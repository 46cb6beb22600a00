namespace GroqKit.Gateway.Services.Limits;

/// <summary>What is known of a call before it is made.</summary>
/// <param name="PromptBytes">Length of the text that the model reads, as JSON.</param>
/// <param name="MaxCompletionTokens">The most the caller wants of each answer; null leaves it to the model.</param>
/// <param name="Choices">How many answers.</param>
internal readonly record struct CallNeeds(long PromptBytes, long? MaxCompletionTokens, int Choices)
{
    /// <summary>Characters of text to speak.</summary>
    public long Characters { get; init; }

    /// <summary>Length of the audio to hear as far as it is known, the shortest that is billed where it isn't.</summary>
    public TimeSpan Audio { get; init; }

    /// <summary>Bytes of the audio to hear; only used with <see cref="Audio"/>.</summary>
    public long AudioBytes { get; init; }

    /// <summary>Whether this is a part of a call that is counted itself: it uses tokens and money, and is no further request.</summary>
    public bool IsPart { get; init; }

    public bool IsSpeech => Characters > 0 || Audio > TimeSpan.Zero;
}
