namespace GroqKit.Chat;

/// <summary>Why a run of tools ended.</summary>
public enum ToolRunEnding
{
    /// <summary>The model answered without calling a tool.</summary>
    Answered,

    /// <summary><see cref="ToolRunOptions.MaxSteps"/> was reached, and the model would have gone on.</summary>
    StepLimit,

    /// <summary>The model made the same call more often than <see cref="ToolRunOptions.MaxIdenticalCalls"/>.</summary>
    RepeatedCalls,

    /// <summary>The model called a tool that the request offers without code: it is the caller's turn.</summary>
    CallerTool,
}
