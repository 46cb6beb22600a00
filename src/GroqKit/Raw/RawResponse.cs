using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace GroqKit.Raw;

/// <summary>An answer as it came. Immutable and safe for all threads.</summary>
public sealed class RawResponse
{
    internal RawResponse(ResponseMetadata metadata, byte[] body, GroqException? error)
    {
        Metadata = metadata;
        Body = body;
        Error = error;
    }

    /// <summary>Status, headers, request id, rate limits, timing and attempts.</summary>
    public ResponseMetadata Metadata { get; }

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode Status => Metadata.Status;

    /// <summary>Whether the status is a success.</summary>
    public bool IsSuccess => Error is null;

    /// <summary>The exception that the call would have ended in; null for a success.</summary>
    public GroqException? Error { get; }

    /// <summary>The whole body; empty when there was none.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The media type of the body with its parameters; null when the server did not tell.</summary>
    public string? ContentType => Header("content-type");

    /// <summary>The body as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Body.Span);

    /// <summary>The first header of that name, whatever its case; null when there is none.</summary>
    /// <param name="name">The name.</param>
    public string? Header(string name) =>
        Metadata.Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>The body as JSON.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public JsonElement ReadJson()
    {
        using JsonDocument document = JsonDocument.Parse(Body);
        return document.RootElement.Clone();
    }

    /// <summary>The body as an object.</summary>
    /// <typeparam name="T">The object's type.</typeparam>
    /// <param name="type">How to read it.</param>
    /// <exception cref="JsonException">It is not JSON of that form.</exception>
    public T? ReadJson<T>(JsonTypeInfo<T> type) => JsonSerializer.Deserialize(Body.Span, type);
}
