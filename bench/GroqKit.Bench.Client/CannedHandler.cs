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
        foreach (var (name, value) in Canned.Headers)
            response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }
}
