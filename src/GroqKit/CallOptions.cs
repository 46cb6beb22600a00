using GroqKit.Chat;

namespace GroqKit;

/// <summary>What one call does differently from the client's <see cref="GroqClientOptions"/>. Null means: as the client.</summary>
public sealed record CallOptions
{
    /// <summary>
    /// The whole call with all attempts and waits in between; for a stream, until its headers. Default:
    /// <see cref="GroqClientOptions.TotalTimeout"/>. Must be positive.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The longest silence within a stream. Default: <see cref="GroqClientOptions.StreamIdleTimeout"/>. Must be positive.</summary>
    public TimeSpan? StreamIdleTimeout { get; init; }

    /// <summary>Retries after the first attempt, 0 to 10. Default: <see cref="RetryOptions.MaxRetries"/>.</summary>
    public int? MaxRetries { get; init; }

    /// <summary>
    /// Chat only: whether to ask once more when what the model wrote could not be used, for example
    /// <see cref="RepairPolicy.Once"/>. Default: no.
    /// </summary>
    public RepairPolicy? Repair { get; init; }

    /// <summary>Sent as <c>x-request-id</c>, so that logs on both sides can be joined.</summary>
    public string? RequestId { get; init; }

    /// <summary>Headers for this call, besides and before the client's own. Names must be tokens, values free of control characters.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }
}
