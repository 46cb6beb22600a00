using System.Collections.Concurrent;
using GroqKit.TestKit.Loopback;
using Microsoft.AspNetCore.Http;

namespace GroqKit.TestKit;

/// <summary>A <see cref="LoopbackServer"/> that answers from a script, one answer a request; a request too many gets a 501.</summary>
public sealed class StubServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<RequestDelegate> _script = new();
    private LoopbackServer _server = null!;

    private StubServer() { }

    /// <summary>Without a slash at its end: <c>http://127.0.0.1:PORT</c>.</summary>
    public string Address => _server.Address.GetLeftPart(UriPartial.Authority);

    public IReadOnlyList<StubRequest> Requests =>
        [
            .. _server.Requests.Select(request => new StubRequest(
                request.Method,
                request.Target,
                request.Headers,
                request.Text
            )),
        ];

    public static async Task<StubServer> StartAsync()
    {
        var stub = new StubServer();
        stub._server = await LoopbackServer.StartAsync(stub.AnswerAsync);
        return stub;
    }

    /// <summary>Adds the answer to one more request.</summary>
    public void Next(RequestDelegate answer) => _script.Enqueue(answer);

    public void Next(int status, string body, params (string Name, string Value)[] headers) =>
        Next(status, body, "application/json", headers);

    public void Next(int status, string body, string contentType, params (string Name, string Value)[] headers) =>
        Next(Answer.Text(contentType, body, status, headers));

    /// <summary>Adds a stream as the answer to one more request.</summary>
    public void NextStream(string events, params (string Name, string Value)[] headers) =>
        Next(200, events, "text/event-stream", headers);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        if (_script.TryDequeue(out RequestDelegate? answer))
            return answer(context);
        context.Response.StatusCode = StatusCodes.Status501NotImplemented;
        return Task.CompletedTask;
    }
}
