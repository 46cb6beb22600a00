using System.Net;
using GroqKit.Chat;

namespace GroqKit;

/// <summary>What is known about an error. Whoever raises a <see cref="GroqException"/> fills it; see there for the meaning.</summary>
public sealed record ErrorDetails
{
    internal static ErrorDetails None { get; } = new();

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>The API's code.</summary>
    public string? Code { get; init; }

    /// <summary>The API's type.</summary>
    public string? Type { get; init; }

    /// <summary>The parameter at fault.</summary>
    public string? Parameter { get; init; }

    /// <summary>The server's id of the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>Whether the same request may succeed later.</summary>
    public bool IsRetryable { get; init; }

    /// <summary>How long to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The raw body.</summary>
    public string? Body { get; init; }

    /// <summary>What the model wrote.</summary>
    public string? FailedGeneration { get; init; }

    /// <summary>Where a schema's check failed.</summary>
    public SchemaFault? SchemaFault { get; init; }

    /// <summary>The tokens that went in and came out.</summary>
    public DebugData? Debug { get; init; }

    /// <summary>The rate limits that were reported.</summary>
    public RateLimits? RateLimits { get; init; }
}
