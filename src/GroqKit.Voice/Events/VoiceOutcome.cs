namespace GroqKit.Voice;

/// <summary>How a turn ended.</summary>
public enum VoiceOutcome
{
    /// <summary>All of the answer was given.</summary>
    Completed,

    /// <summary>The caller spoke over it, or left.</summary>
    Interrupted,

    /// <summary>Something failed.</summary>
    Failed,
}
