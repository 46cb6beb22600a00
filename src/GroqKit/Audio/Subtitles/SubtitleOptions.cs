namespace GroqKit.Audio;

/// <summary>How a transcript is cut into subtitles. The defaults follow what broadcasters ask for.</summary>
public sealed record SubtitleOptions
{
    private static readonly TimeSpan ShortestDuration = TimeSpan.FromSeconds(0.5);

    /// <summary>From which timestamps the subtitles are made. Default: words where there are any, else segments.</summary>
    public SubtitleSource Source { get; init; }

    /// <summary>Characters in a line, at least 8. Default: 42.</summary>
    public int MaxLineLength { get; init; } = 42;

    /// <summary>Lines shown at once, at least 1. Default: 2.</summary>
    public int MaxLines { get; init; } = 2;

    /// <summary>How long a subtitle stays at most, at least half a second. Default: 7 s.</summary>
    public TimeSpan MaxDuration { get; init; } = TimeSpan.FromSeconds(7);

    /// <summary>A pause between words that begins a new subtitle, at least 0. Default: 1 s.</summary>
    public TimeSpan MaxPause { get; init; } = TimeSpan.FromSeconds(1);

    internal void Validate()
    {
        OptionRule.Require(MaxLineLength >= 8, nameof(MaxLineLength), MaxLineLength, "at least 8");
        OptionRule.Require(MaxLines >= 1, nameof(MaxLines), MaxLines, "at least 1");
        OptionRule.Require(MaxDuration >= ShortestDuration, nameof(MaxDuration), MaxDuration, "at least 0.5 s");
        OptionRule.Require(MaxPause >= TimeSpan.Zero, nameof(MaxPause), MaxPause, "0 or more");
    }
}
