using System.Net;
using GroqKit.Providers.Http;

namespace GroqKit.Providers.Groq;

/// <summary>Groq's failures in the words of all providers.</summary>
internal sealed class GroqFailures(string provider, ProviderConnection connection, ProviderService service)
    : IFailureTranslation
{
    private const HttpStatusCode FlexCapacity = (HttpStatusCode)498;

    public bool Handles(Exception error) => error is GroqException;

    public ProviderException Translate(Exception error, string? model)
    {
        var groq = (GroqException)error;
        return new ProviderException(Kind(groq), groq.Message, Details(groq, model), groq);
    }

    private static ProviderFailure Kind(GroqException error) =>
        error switch
        {
            GroqAuthenticationException or GroqConfigurationException => ProviderFailure.Authentication,
            // Groq locks an account over a spend limit with this code, and a 400.
            { Code: "blocked_api_access" } => ProviderFailure.QuotaExhausted,
            GroqAuthorizationException => ProviderFailure.Permission,
            GroqModelException => ProviderFailure.ModelUnavailable,
            GroqContextLengthException => ProviderFailure.ContextLength,
            GroqContentFilterException => ProviderFailure.ContentFilter,
            GroqRateLimitException => ProviderFailure.RateLimited,
            GroqOverloadedException or GroqCircuitOpenException => ProviderFailure.Overloaded,
            { Status: FlexCapacity } => ProviderFailure.Overloaded,
            // The status was good; what came with it was not.
            GroqServerException { Status: < HttpStatusCode.Ambiguous } => ProviderFailure.Malformed,
            GroqServerException => ProviderFailure.Server,
            GroqTimeoutException => ProviderFailure.Timeout,
            GroqNetworkException network => NetworkFailures.IsRefused(network.InnerException)
                ? ProviderFailure.Refused
                : ProviderFailure.Network,
            GroqStreamException stream => Kind(stream),
            GroqValidationException => ProviderFailure.CallerMistake,
            _ => ProviderFailure.Malformed,
        };

    // A server's word within a stream is kept as the error that its status would have raised.
    private static ProviderFailure Kind(GroqStreamException error) =>
        error.Reason switch
        {
            StreamFailure.Malformed or StreamFailure.InvalidUtf8 => ProviderFailure.Malformed,
            StreamFailure.Idle => ProviderFailure.Timeout,
            StreamFailure.ServerError => error.InnerException is GroqException inner
                ? Kind(inner)
                : ProviderFailure.Server,
            _ => ProviderFailure.StreamCut,
        };

    private ProviderFailureDetails Details(GroqException error, string? model) =>
        new()
        {
            Provider = provider,
            Connection = connection.Id,
            Service = service,
            Model = model,
            Status = error.Status,
            Code = error.Code,
            Type = error.Type,
            Parameter = error.Parameter,
            RequestId = error.RequestId,
            RetryAfter = error.RetryAfter,
            IsRetryable = error.IsRetryable,
        };
}
