using System.Net;

namespace GroqKit.Providers;

/// <summary>
/// A call to a provider failed. The same type whoever serves; the provider's own exception, where there is one, is the inner one. A call that
/// its own caller cancelled ends in <see cref="OperationCanceledException"/> instead.
/// </summary>
public class ProviderException : Exception
{
    private readonly ProviderFailureDetails _details;

    /// <summary>Raises a failure.</summary>
    /// <param name="failure">Its kind.</param>
    /// <param name="message">What went wrong; without secrets.</param>
    /// <param name="details">What is known about it.</param>
    /// <param name="innerException">The original error.</param>
    public ProviderException(
        ProviderFailure failure,
        string message,
        ProviderFailureDetails? details = null,
        Exception? innerException = null
    )
        : base(message, innerException)
    {
        Failure = failure;
        _details = details ?? ProviderFailureDetails.None;
    }

    /// <summary>The kind of failure.</summary>
    public ProviderFailure Failure { get; }

    /// <summary>The provider's name.</summary>
    public string? Provider => _details.Provider;

    /// <summary>The id of the key and address that were used.</summary>
    public string? Connection => _details.Connection;

    /// <summary>The service that was called.</summary>
    public ProviderService? Service => _details.Service;

    /// <summary>The model that was called.</summary>
    public string? Model => _details.Model;

    /// <summary>The HTTP status; null when there was no answer. For an error within a stream: the one that it names.</summary>
    public HttpStatusCode? Status => _details.Status;

    /// <summary>The provider's code.</summary>
    public string? Code => _details.Code;

    /// <summary>The provider's type.</summary>
    public string? Type => _details.Type;

    /// <summary>The parameter at fault.</summary>
    public string? Parameter => _details.Parameter;

    /// <summary>The provider's id of the request.</summary>
    public string? RequestId => _details.RequestId;

    /// <summary>How long the provider asks to wait.</summary>
    public TimeSpan? RetryAfter => _details.RetryAfter;

    /// <summary>Whether the same request may succeed later at the same provider.</summary>
    public bool IsRetryable => _details.IsRetryable ?? FailureRules.IsRetryable(Failure);

    /// <summary>
    /// Whether another provider may be asked the same: false for the caller's own mistakes and for refused content, and for too long an input,
    /// which only a larger model takes.
    /// </summary>
    public bool MayTryAnother => _details.MayTryAnother ?? FailureRules.MayTryAnother(Failure);

    /// <summary>All that is known, for whoever raises the failure anew.</summary>
    internal ProviderFailureDetails Details => _details;
}
