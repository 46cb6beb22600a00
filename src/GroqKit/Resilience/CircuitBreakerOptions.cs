namespace GroqKit.Resilience;

/// <summary>
/// When a model's circuit opens: there is one circuit for each model of a client, so one failing model does not take the others down.
/// Server errors, time-outs and network errors count; rate limits, cancelled calls and the caller's own mistakes do not.
/// </summary>
public sealed class CircuitBreakerOptions
{
    /// <summary>Whether circuits open at all. Default: true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Failures in a row that open the circuit, at least 1. Default: 5.</summary>
    public int FailuresToOpen { get; set; } = 5;

    /// <summary>How long it stays open before a trial is let through. More than zero, at most a day. Default: 30 s.</summary>
    public TimeSpan OpenDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Trials that must work, one after the other, to close it again, at least 1. Default: 3.</summary>
    public int SuccessesToClose { get; set; } = 3;

    /// <summary>
    /// How long a trial that has not ended keeps others out; after that the next call becomes a trial too. More than zero, at most a day.
    /// Default: 60 s.
    /// </summary>
    public TimeSpan TrialLease { get; set; } = TimeSpan.FromSeconds(60);

    internal IEnumerable<string> Validate()
    {
        if (FailuresToOpen < 1)
            yield return $"{nameof(FailuresToOpen)} must be at least 1.";
        if (SuccessesToClose < 1)
            yield return $"{nameof(SuccessesToClose)} must be at least 1.";
        if (OpenDuration <= TimeSpan.Zero || OpenDuration > TimeSpan.FromDays(1))
            yield return $"{nameof(OpenDuration)} must be more than zero and at most a day.";
        if (TrialLease <= TimeSpan.Zero || TrialLease > TimeSpan.FromDays(1))
            yield return $"{nameof(TrialLease)} must be more than zero and at most a day.";
    }
}
