using System.Net;
using System.Text;
using System.Text.Json;
using GroqKit.Errors;
using GroqKit.Json;

namespace GroqKit.Batches;

/// <summary>Reads lines of results. A line that cannot be read is a result too, so that nothing is lost in silence.</summary>
internal static class BatchResultParser
{
    /// <summary>The id that a line is for; null when it cannot be found.</summary>
    public static string? FindCustomId(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isId = reader.ValueTextEquals("custom_id"u8);
                reader.Read();
                if (isId)
                    return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                reader.Skip();
            }
            return null;
        }
        // Half a surrogate pair is valid JSON, but no text.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    public static BatchResult Parse(ReadOnlyMemory<byte> line)
    {
        string? id = null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            id = Text(root, "custom_id");
            JsonElement? response = Object(root, "response");
            if (response is null || Object(root, "error") is not null)
                return new BatchResult(id ?? "") { Id = Text(root, "id"), Error = NoAnswer(Object(root, "error")) };
            return Answered(id ?? "", Text(root, "id"), response.Value);
        }
        catch (Exception error)
            when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            string text = Encoding.UTF8.GetString(line.Span[..Math.Min(line.Length, 64 * 1024)]);
            return new BatchResult(id ?? "")
            {
                Error = new GroqServerException(
                    $"A line of the results could not be read: {error.Message}",
                    new ErrorDetails { Body = text },
                    error
                ),
            };
        }
    }

    /// <summary>The result of a request that the files say nothing about.</summary>
    public static BatchResult Missing(string customId) =>
        new(customId)
        {
            Error = new GroqServerException(
                "The batch ended without a result for this request.",
                new ErrorDetails { Code = "result_missing", IsRetryable = true }
            ),
        };

    private static BatchResult Answered(string customId, string? id, JsonElement response)
    {
        int status = response.GetProperty("status_code").GetInt32();
        string? requestId = Text(response, "request_id");
        JsonElement? body = response.TryGetProperty("body", out JsonElement found) ? found.Clone() : null;
        bool isSuccess = status is >= 200 and < 300;
        return new BatchResult(customId)
        {
            Id = id,
            RequestId = requestId,
            StatusCode = status,
            Body = body,
            Completion = isSuccess && IsChat(body) ? body!.Value.Deserialize(GroqJson.Context.ChatCompletion) : null,
            Error = isSuccess ? null : Refused((HttpStatusCode)status, body, requestId),
        };
    }

    private static GroqException Refused(HttpStatusCode status, JsonElement? body, string? requestId)
    {
        var known = new ErrorDetails { RequestId = requestId, Body = body?.GetRawText() };
        return ErrorMapping.Map(status, body is { } error ? WireError.TryRead(error) : null, known, shouldRetry: null);
    }

    // An answer without HTTP: the batch expired or was cancelled before the request's turn.
    private static GroqServerException NoAnswer(JsonElement? error) =>
        new(
            (error is { } one ? Text(one, "message") : null) ?? "The request got no answer.",
            new ErrorDetails
            {
                Code = error is { } other ? Text(other, "code") : null,
                Body = error?.GetRawText(),
                IsRetryable = true,
            }
        );

    private static bool IsChat(JsonElement? body) =>
        body is { ValueKind: JsonValueKind.Object } one && one.TryGetProperty("choices", out _);

    private static JsonElement? Object(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Object ? value : null;

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
