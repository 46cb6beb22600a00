using System.Net;
using System.Text.Json;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Providers;

namespace GroqKit.Gateway.Services.Translation;

/// <summary>Turns ElevenLabs' errors into OpenAI's. Its status alone decides nothing: a used-up quota is a 401 there.</summary>
internal static class ElevenLabsError
{
    private const int MaxBody = 1024 * 1024;

    public static async ValueTask<GatewayException> ReadAsync(
        HttpResponseMessage answer,
        string provider,
        CallLifetime lifetime,
        TimeSpan idle,
        TimeProvider time
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
        return From(
            status,
            told,
            provider,
            ProviderError.RetryAfter(answer),
            Http.RetryAfter.From(answer.Headers, time)
        );
    }

    private static GatewayException From(
        int status,
        (string? Code, string? Message, string? Param) told,
        string provider,
        string? retryAfter,
        TimeSpan? wait
    )
    {
        ProviderFailure failure = KindOf(status, told.Code);
        GatewayException plain = UpstreamErrors.Status(provider, status, retryAfter, wait, failure);
        return failure switch
        {
            ProviderFailure.Authentication => UpstreamErrors.KeyRefused(provider),
            ProviderFailure.Permission => UpstreamErrors.AccessDenied(provider),
            ProviderFailure.QuotaExhausted => Fail(429, "insufficient_quota", null),
            ProviderFailure.RateLimited or ProviderFailure.Overloaded when status == 429 => Fail(
                429,
                "rate_limit_exceeded",
                null
            ),
            ProviderFailure.ModelUnavailable => Fail(404, "model_not_found", "model"),
            ProviderFailure.CallerMistake when told.Message is not null => Fail(
                400,
                told.Code ?? "invalid_value",
                ParamOf(told.Code, told.Param)
            ),
            _ => plain,
        };

        GatewayException Fail(int answered, string code, string? param) =>
            new(
                new GatewayError(
                    answered,
                    answered == 429 ? ErrorTypes.Upstream : ErrorTypes.InvalidRequest,
                    code,
                    told.Message ?? plain.Error.Message,
                    param
                ),
                Outcome.UpstreamRefused
            )
            {
                Failure = failure,
                RetryAfter = retryAfter,
                Wait = wait,
            };
    }

    private static ProviderFailure KindOf(int status, string? code) =>
        (status, code) switch
        {
            (_, "quota_exceeded") => ProviderFailure.QuotaExhausted,
            (_, "voice_not_found" or "invalid_output_format") => ProviderFailure.CallerMistake,
            (_, "model_not_found") => ProviderFailure.ModelUnavailable,
            (_, "system_busy") => ProviderFailure.Overloaded,
            (402, _) => ProviderFailure.Permission,
            _ => FailureRules.KindOf((HttpStatusCode)status, code, type: null),
        };

    private static string? ParamOf(string? code, string? param) =>
        (code, param) switch
        {
            ("voice_not_found", _) or (_, "voice_id") => "voice",
            ("invalid_output_format", _) or (_, "output_format") => "response_format",
            (_, "text") => "input",
            (_, "model_id") => "model",
            (_, "language_code") => "language",
            _ => param,
        };

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
