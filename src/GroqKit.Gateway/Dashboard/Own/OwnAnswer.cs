using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GroqKit.Gateway.Services.Errors;

namespace GroqKit.Gateway.Dashboard.Own;

/// <summary>What one of the gateway's own routes answered.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">JSON, or nothing.</param>
/// <param name="RequestId">The call's <c>x-request-id</c>.</param>
internal sealed record OwnAnswer(int Status, ReadOnlyMemory<byte> Body, string? RequestId)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>What was refused, and which field is at fault; null after a success.</summary>
    public GatewayError? Refusal
    {
        get
        {
            if (IsSuccess)
                return null;
            using JsonDocument document = JsonDocument.Parse(Body);
            JsonElement error = document.RootElement.GetProperty("error");
            return new GatewayError(
                Status,
                error.GetProperty("type").GetString()!,
                error.GetProperty("code").GetString() ?? "",
                error.GetProperty("message").GetString()!,
                error.GetProperty("param").GetString()
            );
        }
    }

    /// <exception cref="RefusedException">It was refused.</exception>
    public T Read<T>(JsonTypeInfo<T> type) =>
        Refusal is { } refusal ? throw new RefusedException(refusal) : JsonSerializer.Deserialize(Body.Span, type)!;

    /// <exception cref="RefusedException">It was refused.</exception>
    public JsonElement Read() => Read(OwnJson.Default.JsonElement);
}
