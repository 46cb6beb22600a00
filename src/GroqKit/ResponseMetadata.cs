using System.Net;
using System.Net.Http.Headers;
using GroqKit.Http;

namespace GroqKit;

/// <summary>What the transport knows about an answer. Immutable and safe for all threads.</summary>
public sealed class ResponseMetadata
{
    private readonly HttpResponseHeaders? _headers;
    private readonly HttpContentHeaders? _contentHeaders;
    private RateLimits? _rateLimits;

    private ResponseMetadata() => _rateLimits = RateLimits.None;

    internal ResponseMetadata(
        HttpResponseMessage response,
        int attempts,
        TimeSpan elapsed,
        TimeSpan? firstToken = null,
        double? tokensPerSecond = null
    )
    {
        _headers = response.Headers;
        _contentHeaders = response.Content.Headers;
        Status = response.StatusCode;
        Attempts = attempts;
        Elapsed = elapsed;
        FirstToken = firstToken;
        TokensPerSecond = tokensPerSecond;
    }

    /// <summary>Nothing is known: the answer was made by hand.</summary>
    public static ResponseMetadata None { get; } = new();

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>How many attempts it took, at least 1 for a real answer.</summary>
    public int Attempts { get; }

    /// <summary>From the start of the call, all attempts and waits included, to the whole answer; for a stream, to its headers.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>From the start of the call to the first text of a stream; null for an answer that came whole.</summary>
    public TimeSpan? FirstToken { get; }

    /// <summary>
    /// Tokens of output per second of writing: for a whole answer as the server measured it, for a stream from its first output to its end. Null
    /// where either is not known.
    /// </summary>
    public double? TokensPerSecond { get; }

    /// <summary>The server's id of the request (<c>req_…</c>).</summary>
    public string? RequestId => _headers?.First("x-request-id");

    /// <summary>The region that served, for example <c>fra</c>.</summary>
    public string? Region => _headers?.First("x-groq-region");

    /// <summary>The rate limits that the answer reported.</summary>
    public RateLimits RateLimits => _rateLimits ??= RateLimits.From(_headers!);

    /// <summary>Every header of the answer; those that describe its body come last.</summary>
    public IEnumerable<KeyValuePair<string, string>> Headers => Each(_headers).Concat(Each(_contentHeaders));

    private static IEnumerable<KeyValuePair<string, string>> Each(HttpHeaders? headers)
    {
        if (headers is null)
            yield break;
        foreach (var header in headers.NonValidated)
        {
            foreach (string value in header.Value)
                yield return KeyValuePair.Create(header.Key, value);
        }
    }
}
