using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Services.Errors;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>Writes errors in OpenAI's shape, as an answer or as the last event of a stream.</summary>
internal static class ErrorAnswer
{
    // It is JSON and declared as such: an apostrophe needs no escape.
    private static readonly JavaScriptEncoder Readable = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private static readonly JsonSerializerOptions ReadableLine = new() { Encoder = Readable };

    public static async Task WriteAsync(HttpResponse response, GatewayException error)
    {
        response.StatusCode = error.Error.Status;
        response.ContentType = "application/json";
        if (error.RetryAfter is not null)
            response.Headers.RetryAfter = error.RetryAfter;
        foreach ((string name, string value) in error.Headers)
            response.Headers[name] = value;
        ReadOnlyMemory<byte> body = error.ProviderBody.IsEmpty
            ? Serialize(error.Error, requestId: null)
            : error.ProviderBody;
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(response.HttpContext.Request.Method))
            await response.BodyWriter.WriteAsync(body);
    }

    /// <summary>One whole SSE event. The request id is in it, because readers of a stream seldom keep its headers.</summary>
    public static byte[] ToEvent(GatewayException failure, string requestId) =>
        [.. "event: error\ndata: "u8, .. Serialize(failure, requestId), .. "\n\n"u8];

    private static byte[] Serialize(GatewayException failure, string requestId)
    {
        if (failure.ProviderBody.IsEmpty)
            return Serialize(failure.Error, requestId);
        // In the provider's words, which may be spread over lines.
        JsonNode said = JsonNode.Parse(failure.ProviderBody.Span)!;
        said["error"]!["request_id"] = requestId;
        return Encoding.UTF8.GetBytes(said.ToJsonString(ReadableLine));
    }

    private static byte[] Serialize(GatewayError error, string? requestId)
    {
        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Readable }))
        {
            json.WriteStartObject();
            json.WriteStartObject("error"u8);
            json.WriteString("message"u8, error.Message);
            json.WriteString("type"u8, error.Type);
            json.WriteString("code"u8, error.Code);
            json.WriteString("param"u8, error.Param);
            if (requestId is not null)
                json.WriteString("request_id"u8, requestId);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }
}
