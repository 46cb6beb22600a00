using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace GroqKit.TestKit.Loopback;

/// <summary>What a caller sent to a <see cref="LoopbackServer"/>.</summary>
/// <param name="Method">Upper case, as on the wire.</param>
/// <param name="Target">Path and query, percent-encoded as on the wire.</param>
/// <param name="Headers">Names compare without case; several values of one name are joined with <c>", "</c>.</param>
/// <param name="Body">Empty when there was none.</param>
public sealed record RecordedRequest(
    string Method,
    string Target,
    IReadOnlyDictionary<string, string> Headers,
    ReadOnlyMemory<byte> Body
)
{
    /// <summary>The body as UTF-8 text.</summary>
    public string Text => Encoding.UTF8.GetString(Body.Span);

    internal static async Task<RecordedRequest> ReadAsync(HttpRequest request)
    {
        var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        body.Position = 0;
        request.Body = body;
        return new RecordedRequest(
            request.Method,
            request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget,
            request.Headers.ToDictionary(
                header => header.Key,
                header => string.Join(", ", (IEnumerable<string?>)header.Value),
                StringComparer.OrdinalIgnoreCase
            ),
            body.ToArray()
        );
    }
}
