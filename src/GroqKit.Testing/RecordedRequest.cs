using System.Text;
using System.Text.Json;
using GroqKit.Chat;

namespace GroqKit.Testing;

/// <summary>What a client sent.</summary>
/// <param name="Method">Upper case, as on the wire.</param>
/// <param name="Path">Path and query, for example <c>/openai/v1/chat/completions</c>.</param>
/// <param name="Headers">
/// Names compare without case; several values of one name are joined with <c>", "</c>. The key is in <c>Authorization</c>.
/// </param>
/// <param name="Body">Empty when there was none, or bodies are not recorded.</param>
public sealed record RecordedRequest(
    string Method,
    string Path,
    IReadOnlyDictionary<string, string> Headers,
    ReadOnlyMemory<byte> Body
)
{
    /// <summary>The body as UTF-8 text.</summary>
    public string Text => Encoding.UTF8.GetString(Body.Span);

    /// <summary>The body as JSON.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public JsonElement Json
    {
        get
        {
            using JsonDocument document = JsonDocument.Parse(Body);
            return document.RootElement.Clone();
        }
    }

    /// <summary>The body of a chat request, typed.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public ChatRequest Chat =>
        JsonSerializer.Deserialize(Body.Span, TestingJson.Default.ChatRequest)
        ?? throw new JsonException("The body is null.");

    /// <summary>Whether the answer was asked for as a stream.</summary>
    public bool Streams =>
        Json.TryGetProperty("stream", out JsonElement stream) && stream.ValueKind == JsonValueKind.True;

    /// <summary>Method and path; headers and body may hold secrets.</summary>
    public override string ToString() => $"{Method} {Path}";

    internal static async Task<RecordedRequest> ReadAsync(
        HttpRequestMessage request,
        bool withBody,
        CancellationToken cancellationToken
    )
    {
        byte[] body =
            request.Content is { } content && withBody
                ? await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false)
                : [];
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (
            var (name, values) in request.Headers.Concat(
                request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>()
            )
        )
            headers[name] = string.Join(", ", values);
        return new RecordedRequest(request.Method.Method, request.RequestUri?.PathAndQuery ?? "", headers, body);
    }
}
