namespace GroqKit.Gateway.Infrastructure.Jobs;

/// <summary>A row of <c>jobs</c>.</summary>
internal sealed class JobRow
{
    public string Id { get; init; } = "";

    public string Tenant { get; init; } = "";

    public string Kind { get; init; } = "";

    public string Payload { get; init; } = "";

    public string State { get; init; } = "";

    public long DueAt { get; init; }

    public long Attempts { get; init; }

    public long MaxAttempts { get; init; }

    public string? LeaseOwner { get; init; }

    public long LeaseToken { get; init; }

    public long? LeaseUntil { get; init; }

    public string? LastError { get; init; }

    public long CreatedAt { get; init; }

    public long? FinishedAt { get; init; }
}
