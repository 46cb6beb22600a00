using System.Net;
using System.Net.Http.Headers;

namespace GroqKit.Bench.Client;

/// <summary>Answers with a stream of a given number of chunks, made while it is read.</summary>
internal sealed class EndlessHandler(int chunks) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var response = new HttpResponseMessage(HttpStatusCode.OK)
        {
            RequestMessage = request,
            Content = new StreamContent(new RepeatingStream(Canned.Chunk, chunks, Canned.End)),
        };
        response.Content.Headers.ContentType = new MediaTypeHeaderValue("text/event-stream");
        return Task.FromResult(response);
    }
}
