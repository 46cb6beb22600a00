namespace GroqKit.Simulator.Faults;

/// <summary>A whole number that a fault takes; without a default it may be left out, and the summary says what that means.</summary>
internal sealed record FaultParameter(string Name, string Summary, int? Default, int Min, int Max)
{
    /// <summary>A duration in milliseconds of at most an hour.</summary>
    public static FaultParameter Milliseconds(string summary, int? byDefault) =>
        new("ms", summary, byDefault, 0, 3_600_000);

    /// <summary>What every fault takes: how many of a hundred requests it meets.</summary>
    public static FaultParameter Percent { get; } =
        new("percent", "how many of a hundred requests it meets", 100, 0, 100);

    /// <summary>How many frames of content go out before the fault.</summary>
    public static FaultParameter After { get; } =
        new("after", "frames of content sent before it happens", 3, 0, 1_000_000);
}
