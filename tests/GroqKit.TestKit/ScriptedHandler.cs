using System.Net;
using System.Net.Http.Headers;

namespace GroqKit.TestKit;

/// <summary>A transport in memory that answers from a script.</summary>
public sealed class ScriptedHandler : HttpMessageHandler
{
    private readonly Queue<Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>> _script = new();

    public int Calls { get; private set; }

    public ScriptedHandler Next(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer)
    {
        _script.Enqueue(answer);
        return this;
    }

    public ScriptedHandler Next(int status, string body, params (string Name, string Value)[] headers) =>
        Next((_, _) => Task.FromResult(Answer(status, new StringContent(body), "application/json", headers)));

    public ScriptedHandler NextStream(Stream body) =>
        Next((_, _) => Task.FromResult(Answer(200, new StreamContent(body), "text/event-stream", [])));

    public ScriptedHandler NextError(Exception error) => Next((_, _) => Task.FromException<HttpResponseMessage>(error));

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        Calls++;
        return _script.TryDequeue(out var answer)
            ? answer(request, cancellationToken)
            : Task.FromResult(Answer(501, new StringContent("no answer is scripted"), "text/plain", []));
    }

    private static HttpResponseMessage Answer(
        int status,
        HttpContent content,
        string contentType,
        (string Name, string Value)[] headers
    )
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = content };
        content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        foreach (var (name, value) in headers)
            response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }
}
