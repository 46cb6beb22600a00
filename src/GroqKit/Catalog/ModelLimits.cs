namespace GroqKit.Catalog;

/// <summary>
/// The rate limits that a plan has for a model, per organisation. Null means that no such limit exists or none is
/// published.
/// </summary>
/// <remarks>Base figures of the plan: the headers of each answer carry the account's own.</remarks>
public sealed record ModelLimits
{
    /// <summary>Requests per minute.</summary>
    public long? RequestsPerMinute { get; init; }

    /// <summary>Requests per day.</summary>
    public long? RequestsPerDay { get; init; }

    /// <summary>Tokens per minute.</summary>
    public long? TokensPerMinute { get; init; }

    /// <summary>Tokens per day.</summary>
    public long? TokensPerDay { get; init; }

    /// <summary>Seconds of audio per hour.</summary>
    public long? AudioSecondsPerHour { get; init; }

    /// <summary>Seconds of audio per day.</summary>
    public long? AudioSecondsPerDay { get; init; }

    /// <summary>Largest audio file, in megabytes.</summary>
    public long? FileMegabytes { get; init; }
}
