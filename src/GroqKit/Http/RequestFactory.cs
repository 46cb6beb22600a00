using System.Net;
using System.Net.Http.Headers;

namespace GroqKit.Http;

/// <summary>Makes the request of an attempt. Everything that is the same for each call is prepared once.</summary>
internal sealed class RequestFactory
{
    private const string Json = "application/json";

    private readonly Version _version;
    private readonly string _userAgent;
    private readonly KeyValuePair<string, string>[] _headers;

    public RequestFactory(GroqClientOptions options, bool isSecure)
    {
        // Over plain http there is no negotiation; version 2 would mean prior knowledge.
        _version = isSecure ? HttpVersion.Version20 : HttpVersion.Version11;
        _userAgent = options.UserAgent is { } name ? $"{name} {OwnName}" : OwnName;
        _headers = [.. options.Headers];
        ConnectTimeout = options.ConnectTimeout;
    }

    public TimeSpan ConnectTimeout { get; }

    private static string OwnName { get; } =
        $"GroqKit/{typeof(RequestFactory).Assembly.GetName().Version?.ToString(3)} (.NET {Environment.Version})";

    /// <param name="call">What to send.</param>
    /// <param name="progressed">Called whenever some of a form was sent.</param>
    public TimedRequest Create(ApiCall call, Action? progressed)
    {
        var request = new TimedRequest(call.Method, call.Uri)
        {
            Version = _version,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        if (call.Body is { } body)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", Json);
        }
        else if (call.Form is { } form)
        {
            request.Content = form.Create(progressed);
        }
        HttpRequestHeaders headers = request.Headers;
        // Parsing our own constants for every call would cost more than the rest of the request.
        headers.TryAddWithoutValidation(
            "Accept",
            call.Answer switch
            {
                AnswerKind.Json => Json,
                AnswerKind.Events => "text/event-stream",
                AnswerKind.Any => "*/*",
                _ => "application/octet-stream",
            }
        );
        if (call.Options is { } options)
            AddCallHeaders(headers, options);
        foreach (var (name, value) in _headers)
        {
            if (!headers.NonValidated.Contains(name))
                headers.Add(name, value);
        }
        AddUserAgent(headers);
        return request;
    }

    private void AddUserAgent(HttpRequestHeaders headers)
    {
        if (headers.NonValidated.Contains("User-Agent"))
            return;
        if (ReferenceEquals(_userAgent, OwnName))
            headers.TryAddWithoutValidation("User-Agent", OwnName);
        else
            headers.Add("User-Agent", _userAgent);
    }

    private static void AddCallHeaders(HttpRequestHeaders headers, CallOptions options)
    {
        if (options.Headers is { } own)
        {
            foreach (var (name, value) in own)
                headers.Add(name, value);
        }
        if (options.RequestId is { } id && !headers.NonValidated.Contains("x-request-id"))
            headers.Add("x-request-id", id);
    }
}
