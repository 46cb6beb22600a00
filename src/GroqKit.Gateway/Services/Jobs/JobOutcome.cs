namespace GroqKit.Gateway.Services.Jobs;

/// <summary>How an attempt at a job ended.</summary>
internal sealed record JobOutcome
{
    private JobOutcome() { }

    /// <summary>The state that the job goes to; one that is begun too often goes aside instead of waiting.</summary>
    public required string State { get; init; }

    /// <summary>What to write with it.</summary>
    public JobEffect? Effect { get; init; }

    /// <summary>Before the next attempt.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>A sentence for the operator, without secrets.</summary>
    public string? Error { get; init; }

    /// <summary>False for an attempt that was only broken off.</summary>
    public bool Counts { get; init; } = true;

    /// <summary>True for a job that begins anew, with no attempts made.</summary>
    public bool Renews { get; init; }

    public static JobOutcome Done(JobEffect? effect = null) => new() { State = JobStates.Done, Effect = effect };

    /// <summary>It failed, and may go better later.</summary>
    public static JobOutcome Again(TimeSpan wait, string error, JobEffect? effect = null) =>
        new()
        {
            State = JobStates.Waiting,
            Wait = wait,
            Error = error,
            Effect = effect,
        };

    /// <summary>It failed, and would fail again.</summary>
    public static JobOutcome Aside(string error, JobEffect? effect = null) =>
        new()
        {
            State = JobStates.Aside,
            Error = error,
            Effect = effect,
        };

    /// <summary>It is done, and due again after a while.</summary>
    public static JobOutcome Recur(TimeSpan wait, JobEffect effect) =>
        new()
        {
            State = JobStates.Waiting,
            Wait = wait,
            Effect = effect,
            Renews = true,
        };

    /// <summary>The worker stops; another one begins anew.</summary>
    public static JobOutcome Released() => new() { State = JobStates.Waiting, Counts = false };
}
