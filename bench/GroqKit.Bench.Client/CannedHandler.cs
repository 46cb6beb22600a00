using System.Net;
using System.Net.Http.Headers;

namespace GroqKit.Bench.Client;

/// <summary>Answers at once, in memory; reads nothing of the request.</summary>
internal sealed class CannedHandler(bool streams, bool withRateLimits) : HttpMessageHandler
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly MediaTypeHeaderValue Events = new("text/event-stream");

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    ) => Task.FromResult(Answer(request));

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Answer(request);

    private HttpResponseMessage Answer(HttpRequestMessage request)
    {
        var response = new HttpResponseMessage(HttpStatusCode.OK)
        {
            RequestMessage = request,
            Content = new ByteArrayContent(streams ? Canned.Stream : Canned.Answer),
        };
        response.Content.Headers.ContentType = streams ? Events : Json;
        if (!withRateLimits)
            return response;
        HttpResponseHeaders headers = response.Headers;
        headers.TryAddWithoutValidation("x-request-id", "req_01kabcdefghjkmnpqrstvwxyz0");
        headers.TryAddWithoutValidation("x-groq-region", "fra");
        headers.TryAddWithoutValidation("x-ratelimit-limit-requests", "500000000");
        headers.TryAddWithoutValidation("x-ratelimit-limit-tokens", "2500000000");
        headers.TryAddWithoutValidation("x-ratelimit-remaining-requests", "499999999");
        headers.TryAddWithoutValidation("x-ratelimit-remaining-tokens", "2499999958");
        headers.TryAddWithoutValidation("x-ratelimit-reset-requests", "172.8ms");
        headers.TryAddWithoutValidation("x-ratelimit-reset-tokens", "1ms");
        return response;
    }
}
