namespace GroqKit.Chat;

/// <summary>How tools are run.</summary>
public sealed record ToolRunOptions
{
    /// <summary>The most answers to ask the model for, 1 to 1000. The calls of the last one are not run. Default 10.</summary>
    public int MaxSteps { get; init; } = 10;

    /// <summary>The most calls of one turn that run at the same time, at least 1. Default 8.</summary>
    public int MaxConcurrency { get; init; } = 8;

    /// <summary>
    /// In how many turns the same call may occur (the same tool with the same arguments, in whatever order), at least 1. One turn more
    /// ends the run before it is made. Default 3.
    /// </summary>
    public int MaxIdenticalCalls { get; init; } = 3;

    /// <summary>Whether the model is shown its thinking of earlier turns again. Default false.</summary>
    public bool IncludeReasoning { get; init; }

    /// <summary>
    /// What to tell the model when a tool throws, or when arguments do not fit (<see cref="ToolArgumentsException"/>). What it throws itself ends the
    /// run. Default: the message in one line, cut at 300 letters, without type and stack.
    /// </summary>
    public Func<ToolCall, Exception, string>? DescribeError { get; init; }

    /// <summary>Told after each turn, before the next; what it throws ends the run. Knows what was run when a later turn fails.</summary>
    public Func<ToolStep, CancellationToken, ValueTask>? OnStep { get; init; }

    internal void Check()
    {
        if (MaxSteps is < 1 or > 1000)
            throw ChatRequestRules.Invalid(nameof(MaxSteps), "must be from 1 to 1000.");
        if (MaxConcurrency < 1)
            throw ChatRequestRules.Invalid(nameof(MaxConcurrency), "must be at least 1.");
        if (MaxIdenticalCalls < 1)
            throw ChatRequestRules.Invalid(nameof(MaxIdenticalCalls), "must be at least 1.");
    }
}
