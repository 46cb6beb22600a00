namespace GroqKit.Voice;

/// <summary>What a turn used, as its providers reported it. All that was asked is in it, also what failed or was thrown away.</summary>
public sealed record VoiceUsage
{
    /// <summary>Calls of speech to text.</summary>
    public IReadOnlyList<VoiceCall> Hearing { get; init; } = [];

    /// <summary>Calls of the language model.</summary>
    public IReadOnlyList<VoiceCall> Answering { get; init; } = [];

    /// <summary>Calls of text to speech.</summary>
    public IReadOnlyList<VoiceCall> Speaking { get; init; } = [];
}
