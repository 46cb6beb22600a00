using System.Net;

namespace GroqKit.Providers;

/// <summary>What is known about a failure. What is not known is null.</summary>
public sealed record ProviderFailureDetails
{
    internal static ProviderFailureDetails None { get; } = new();

    /// <summary>The provider's name.</summary>
    public string? Provider { get; init; }

    /// <summary>The connection's id.</summary>
    public string? Connection { get; init; }

    /// <summary>The service that was called.</summary>
    public ProviderService? Service { get; init; }

    /// <summary>The model that was called.</summary>
    public string? Model { get; init; }

    /// <summary>The HTTP status; for an error within a stream the one that it names.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>The provider's code, for example <c>rate_limit_exceeded</c>.</summary>
    public string? Code { get; init; }

    /// <summary>The provider's type, for example <c>invalid_request_error</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The parameter at fault.</summary>
    public string? Parameter { get; init; }

    /// <summary>The provider's id of the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>How long the provider asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the same request may succeed later at the same provider. Null: by the kind of failure.</summary>
    public bool? IsRetryable { get; init; }

    /// <summary>Whether another provider may be asked. Null: by the kind of failure.</summary>
    public bool? MayTryAnother { get; init; }
}
