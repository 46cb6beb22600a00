using System.Text.Json;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Services.Translation;

/// <summary>Turns ElevenLabs' errors into OpenAI's. Its status alone decides nothing: a used-up quota is a 401 there.</summary>
internal static class ElevenLabsError
{
    private const int MaxBody = 1024 * 1024;

    public static async ValueTask<GatewayException> ReadAsync(
        HttpResponseMessage answer,
        string provider,
        CallLifetime lifetime,
        TimeSpan idle
    )
    {
        int status = (int)answer.StatusCode;
        (string? Code, string? Message, string? Param) told = default;
        try
        {
            using PooledBody body = await AnswerBody.ReadWholeAsync(answer.Content, MaxBody, provider, lifetime, idle);
            told = Read(body.Memory);
        }
        catch (GatewayException broken) when (broken.Outcome is Outcome.UpstreamFailed or Outcome.IdleTimeout)
        {
            // The status alone says enough.
        }
        return From(status, told.Code ?? "", told.Message, told.Param, provider);
    }

    private static GatewayException From(int status, string code, string? message, string? param, string provider) =>
        (status, code) switch
        {
            (_, "quota_exceeded") => Fail(429, "insufficient_quota", message, null, provider),
            (_, "voice_not_found") => Fail(400, code, message, "voice", provider),
            (_, "model_not_found") => Fail(404, code, message, "model", provider),
            (_, "invalid_output_format" or "output_format_not_allowed") => Fail(
                400,
                code,
                message,
                "response_format",
                provider
            ),
            (401, _) => UpstreamErrors.KeyRefused(provider),
            (402 or 403, _) => UpstreamErrors.AccessDenied(provider),
            (429, _) => Fail(429, "rate_limit_exceeded", message, null, provider),
            (>= 400 and < 500, _) when message is not null => Fail(
                status == 422 ? 400 : status,
                code.Length > 0 ? code : "invalid_value",
                message,
                param,
                provider
            ),
            _ => UpstreamErrors.Status(provider, status, retryAfter: null),
        };

    private static GatewayException Fail(int status, string code, string? message, string? param, string provider) =>
        new(
            new GatewayError(
                status,
                status == 429 ? ErrorTypes.Upstream : ErrorTypes.InvalidRequest,
                code,
                message ?? $"{provider} answered with status {status}.",
                param switch
                {
                    "text" => "input",
                    "model_id" => "model",
                    "language_code" => "language",
                    "voice_id" => "voice",
                    _ => param,
                }
            ),
            Outcome.UpstreamRefused
        );

    // {detail: {code, status, message, param}}, {detail: [{loc, msg}]} or {detail: "text"}.
    private static (string? Code, string? Message, string? Param) Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            if (
                document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("detail", out JsonElement detail)
            )
                return default;
            return detail.ValueKind switch
            {
                JsonValueKind.String => (null, detail.GetString(), null),
                JsonValueKind.Object => (
                    TextOf(detail, "status") is { } status && status != "error" ? status : TextOf(detail, "code"),
                    TextOf(detail, "message"),
                    TextOf(detail, "param")
                ),
                JsonValueKind.Array when detail.GetArrayLength() > 0 => (
                    "invalid_value",
                    TextOf(detail[0], "msg"),
                    LastOf(detail[0])
                ),
                _ => default,
            };
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static string? TextOf(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object
        && of.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static string? LastOf(JsonElement entry) =>
        entry.ValueKind == JsonValueKind.Object
        && entry.TryGetProperty("loc", out JsonElement place)
        && place.ValueKind == JsonValueKind.Array
        && place.GetArrayLength() is > 0 and var length
        && place[length - 1].ValueKind == JsonValueKind.String
            ? place[length - 1].GetString()
            : null;
}
