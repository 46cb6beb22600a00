using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GroqKit.Chat;

namespace GroqKit.Batches;

/// <summary>What came of one request of a batch: an answer, or an error.</summary>
public sealed class BatchResult
{
    internal BatchResult(string customId) => CustomId = customId;

    /// <summary>The request's id; empty for a line that could not be read.</summary>
    public string CustomId { get; }

    /// <summary>The request's position, from 0; null when results are read as they come, or when no request has this id.</summary>
    public int? Position { get; internal set; }

    /// <summary><c>batch_req_…</c>.</summary>
    public string? Id { get; internal init; }

    /// <summary>The server's id of the request.</summary>
    public string? RequestId { get; internal init; }

    /// <summary>The HTTP status that the request would have had; null when it got no answer.</summary>
    public int? StatusCode { get; internal init; }

    /// <summary>The answer's body as it came; null when there was none.</summary>
    public JsonElement? Body { get; internal init; }

    /// <summary>The answer of a chat; null for an error and for other answers.</summary>
    public ChatCompletion? Completion { get; internal init; }

    /// <summary>Why there is no answer: of the kind that the single call would have thrown. Null for an answer.</summary>
    public GroqException? Error { get; internal init; }

    /// <summary>Whether there is an answer.</summary>
    public bool IsSuccess => Error is null;

    /// <summary>Reads an answer that is not a chat.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="type">How to read it.</param>
    /// <exception cref="JsonException">The body is not of that form.</exception>
    public T? ReadBody<T>(JsonTypeInfo<T> type) => Body is { } body ? body.Deserialize(type) : default;
}
