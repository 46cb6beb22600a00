namespace GroqKit.Gateway.Services.Privacy;

/// <summary>What was asked and answered in one call, as the provider saw it.</summary>
internal sealed record KeptBody
{
    public required string RequestId { get; init; }

    public required string Tenant { get; init; }

    public required string Agent { get; init; }

    public string? EndUser { get; init; }

    /// <summary>When the call began.</summary>
    public required DateTimeOffset At { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required string Request { get; init; }

    public required string Answer { get; init; }
}
