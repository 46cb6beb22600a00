namespace GroqKit.Gateway.Services.Usage;

/// <summary>Which accounts are meant. What is null doesn't narrow.</summary>
internal sealed record UsageFilter
{
    /// <summary>Only this tenant's; nobody sees another's.</summary>
    public required string Tenant { get; init; }

    public string? RequestId { get; init; }

    public string? Agent { get; init; }

    public string? Key { get; init; }

    public string? Provider { get; init; }

    public string? Model { get; init; }

    public string? Service { get; init; }

    /// <summary>Calls that began then or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Calls that began before.</summary>
    public DateTimeOffset? To { get; init; }
}
