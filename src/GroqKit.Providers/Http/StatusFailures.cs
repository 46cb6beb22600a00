using System.Net;

namespace GroqKit.Providers.Http;

/// <summary>What a status means where no code says more.</summary>
internal static class StatusFailures
{
    private const HttpStatusCode SiteOverloaded = (HttpStatusCode)529;
    private const HttpStatusCode FlexCapacity = (HttpStatusCode)498;

    public static ProviderFailure Of(HttpStatusCode status) =>
        status switch
        {
            HttpStatusCode.Unauthorized => ProviderFailure.Authentication,
            HttpStatusCode.PaymentRequired or HttpStatusCode.Forbidden => ProviderFailure.Permission,
            HttpStatusCode.RequestTimeout or HttpStatusCode.GatewayTimeout => ProviderFailure.Timeout,
            HttpStatusCode.TooManyRequests => ProviderFailure.RateLimited,
            HttpStatusCode.ServiceUnavailable or SiteOverloaded or FlexCapacity => ProviderFailure.Overloaded,
            >= HttpStatusCode.InternalServerError => ProviderFailure.Server,
            >= HttpStatusCode.BadRequest => ProviderFailure.CallerMistake,
            _ => ProviderFailure.Malformed,
        };
}
