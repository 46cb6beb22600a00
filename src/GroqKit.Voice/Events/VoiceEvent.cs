namespace GroqKit.Voice;

/// <summary>Something that happened in a spoken turn. Immutable.</summary>
public abstract record VoiceEvent
{
    /// <summary>The kind, as programs in other languages know it: for example <c>audio.delta</c>.</summary>
    public abstract string Type { get; }

    /// <summary>The turn.</summary>
    public string TurnId { get; init; } = "";

    /// <summary>Counts the events of a turn from 0, without gaps.</summary>
    public long Sequence { get; init; }

    /// <summary>When, from the end of speech: the end of the sound that the turn began with. Zero before that.</summary>
    public TimeSpan At { get; init; }
}
