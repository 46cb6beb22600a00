namespace GroqKit.Gateway.Services.Jobs;

/// <summary>A piece of work that survives the process that asked for it. Immutable.</summary>
internal sealed record Job
{
    /// <summary>Sorts by the time at which the job was made.</summary>
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    /// <summary>Which handler does it.</summary>
    public required string Kind { get; init; }

    /// <summary>What the handler needs to know: JSON without secrets.</summary>
    public required string Payload { get; init; }

    /// <summary>One of <see cref="JobStates"/>.</summary>
    public required string State { get; init; }

    /// <summary>Not before.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>How often it was begun, this time included.</summary>
    public required int Attempts { get; init; }

    /// <summary>After as many attempts it is put aside.</summary>
    public required int MaxAttempts { get; init; }

    /// <summary>The worker that has it, for people.</summary>
    public string? LeaseOwner { get; init; }

    /// <summary>Which lease of the job this is; only the newest one can finish it.</summary>
    public long LeaseToken { get; init; }

    /// <summary>From then on another worker may take it.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>Why the last attempt failed; null when none has.</summary>
    public string? LastError { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }
}
