namespace GroqKit.Voice;

/// <summary>When things happened in a turn, from the end of speech. Null: did not happen.</summary>
public sealed record VoiceTimings
{
    /// <summary>The words of the caller were known.</summary>
    public TimeSpan? Transcript { get; init; }

    /// <summary>The first words of the answer came.</summary>
    public TimeSpan? FirstToken { get; init; }

    /// <summary>The first piece to speak was complete.</summary>
    public TimeSpan? FirstPiece { get; init; }

    /// <summary>The first sound that can be heard was given to the caller.</summary>
    public TimeSpan? FirstSound { get; init; }

    /// <summary>The last word of the answer was written.</summary>
    public TimeSpan? AnswerDone { get; init; }

    /// <summary>Everything was given to the caller.</summary>
    public TimeSpan Total { get; init; }

    /// <summary>How long providers and tools were waited for until <see cref="FirstSound"/>.</summary>
    public TimeSpan Waited { get; init; }

    /// <summary>How long the answer's sound plays.</summary>
    public TimeSpan Sound { get; init; }

    /// <summary>What the pipeline itself added up to the first sound; null when there was none.</summary>
    public TimeSpan? Own => FirstSound is { } first ? (first > Waited ? first - Waited : TimeSpan.Zero) : null;
}
