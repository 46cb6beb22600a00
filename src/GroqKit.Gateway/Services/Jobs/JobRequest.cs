namespace GroqKit.Gateway.Services.Jobs;

/// <summary>Work to be done.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Kind">Which handler does it.</param>
/// <param name="Payload">What the handler needs to know: JSON without secrets.</param>
internal sealed record JobRequest(string Tenant, string Kind, string Payload)
{
    public const int DefaultMaxAttempts = 8;

    /// <summary>Makes asking twice the same as asking once; null where every request is another job.</summary>
    public string? UniqueKey { get; init; }

    /// <summary>Not before; null for at once.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public int MaxAttempts { get; init; } = DefaultMaxAttempts;
}
