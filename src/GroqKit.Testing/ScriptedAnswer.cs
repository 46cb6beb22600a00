using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace GroqKit.Testing;

/// <summary>One answer of a script. Immutable: the same one may be queued many times.</summary>
public sealed class ScriptedAnswer
{
    private readonly Func<TimeProvider, CancellationToken, Task<HttpResponseMessage>> _play;

    private ScriptedAnswer(Func<TimeProvider, CancellationToken, Task<HttpResponseMessage>> play) => _play = play;

    /// <summary>A body of JSON.</summary>
    /// <param name="body">The body, for example from <see cref="GroqBodies"/>.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="headers">Further headers, such as <c>x-ratelimit-remaining-requests</c>.</param>
    public static ScriptedAnswer Json(string body, int status = 200, params (string Name, string Value)[] headers) =>
        Bytes(Encoding.UTF8.GetBytes(body), "application/json", status, headers);

    /// <summary>A body of any kind.</summary>
    /// <param name="body">The body.</param>
    /// <param name="contentType">For example <c>audio/wav</c>.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="headers">Further headers.</param>
    public static ScriptedAnswer Bytes(
        ReadOnlyMemory<byte> body,
        string contentType,
        int status = 200,
        params (string Name, string Value)[] headers
    ) => new((_, _) => Task.FromResult(Respond(new ReadOnlyMemoryContent(body), contentType, status, headers)));

    /// <summary>A whole chat answer that says a text.</summary>
    /// <param name="text">What the model says.</param>
    public static ScriptedAnswer Chat(string text) => Json(GroqBodies.Chat(text));

    /// <summary>A chat answer that calls one tool.</summary>
    /// <param name="name">The function.</param>
    /// <param name="arguments">Its arguments as JSON text.</param>
    /// <param name="id">The call's id.</param>
    public static ScriptedAnswer ToolCall(string name, string arguments, string id = "call_1") =>
        Json(GroqBodies.ToolCall(name, arguments, id));

    /// <summary>An error of the API.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="message">What it says.</param>
    /// <param name="type">Its type.</param>
    /// <param name="code">Its code.</param>
    public static ScriptedAnswer Error(
        int status,
        string message = "The scripted error.",
        string type = "invalid_request_error",
        string? code = null
    ) => Json(GroqBodies.Error(message, type, code), status);

    /// <summary>A rate limit (429) that asks for a wait.</summary>
    /// <param name="retryAfter">The wait; sent in whole seconds, rounded up.</param>
    public static ScriptedAnswer RateLimited(TimeSpan retryAfter) =>
        Json(
            GroqBodies.Error("Rate limit reached.", "tokens", "rate_limit_exceeded"),
            429,
            ("retry-after", ((long)Math.Ceiling(retryAfter.TotalSeconds)).ToString())
        );

    /// <summary>A stream.</summary>
    /// <param name="stream">What comes, and when.</param>
    public static ScriptedAnswer Stream(ScriptedStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new(
            (time, _) =>
                Task.FromResult(Respond(new StreamContent(stream.Open(time)), ScriptedStream.ContentType, 200, []))
        );
    }

    /// <summary>A chat answer in pieces, ended as it should.</summary>
    /// <param name="texts">What the model says, piece by piece.</param>
    public static ScriptedAnswer Stream(params string[] texts) => Stream(ScriptedStream.Saying(texts));

    /// <summary>No answer, ever: the client's deadline ends the call.</summary>
    public static ScriptedAnswer Timeout() =>
        new(
            static async (time, cancellationToken) =>
            {
                await Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, time, cancellationToken)
                    .ConfigureAwait(false);
                throw new OperationCanceledException(cancellationToken);
            }
        );

    /// <summary>The connection cannot be made, or breaks before the answer.</summary>
    /// <param name="message">What the transport says.</param>
    public static ScriptedAnswer NetworkFault(string message = "The scripted connection broke.") =>
        new((_, _) => throw new HttpRequestException(HttpRequestError.ConnectionError, message));

    /// <summary>The same answer, later.</summary>
    /// <param name="delay">The wait before the headers, on the handler's clock.</param>
    public ScriptedAnswer After(TimeSpan delay) =>
        new(
            async (time, cancellationToken) =>
            {
                await Task.Delay(delay, time, cancellationToken).ConfigureAwait(false);
                return await _play(time, cancellationToken).ConfigureAwait(false);
            }
        );

    internal Task<HttpResponseMessage> PlayAsync(TimeProvider time, CancellationToken cancellationToken) =>
        _play(time, cancellationToken);

    private static HttpResponseMessage Respond(
        HttpContent content,
        string contentType,
        int status,
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
