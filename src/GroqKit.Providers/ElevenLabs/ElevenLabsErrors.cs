using System.Net;
using System.Text.Json;
using GroqKit.Providers.Http;

namespace GroqKit.Providers.ElevenLabs;

/// <summary>
/// ElevenLabs' <c>detail</c>: an object with <c>code</c> and an older <c>status</c>, a list of the schema's complaints, or a text. The status
/// alone decides little: an exhausted quota comes as a 401.
/// </summary>
internal sealed class ElevenLabsErrors : IErrorReader
{
    public ProviderException Read(HttpStatusCode status, string body, ProviderFailureDetails known)
    {
        Detail detail = Parse(body);
        ProviderFailure failure = KindOf(detail.Code) ?? KindOf(detail.Status) ?? StatusFailures.Of(status);
        string message = detail.Message ?? $"the server answered {(int)status} without an error message.";
        return new ProviderException(
            failure,
            $"{known.Provider}: {message}",
            known with
            {
                Status = status,
                Code = detail.Code ?? detail.Status,
                Type = detail.Type,
                Parameter = detail.Parameter,
                RequestId = known.RequestId ?? detail.RequestId,
                MayTryAnother = failure == ProviderFailure.ContextLength ? true : known.MayTryAnother,
            }
        );
    }

    /// <summary>The failure of a word of either generation; null when the word is not known. Used for sockets too.</summary>
    public static ProviderFailure? KindOf(string? word) =>
        word switch
        {
            "invalid_api_key" or "not_logged_in" or "needs_authorization" or "auth_error" =>
                ProviderFailure.Authentication,
            "missing_permissions"
            or "insufficient_permissions"
            or "detected_unusual_activity"
            or "paid_plan_required"
            or "payment_required"
            or "subscription_required"
            or "output_format_not_allowed"
            or "only_for_creator+"
            or "unaccepted_terms"
            or "unaccepted_terms_error" => ProviderFailure.Permission,
            "quota_exceeded" => ProviderFailure.QuotaExhausted,
            "rate_limit_exceeded"
            or "concurrent_limit_exceeded"
            or "too_many_concurrent_requests"
            or "rate_limited"
            or "commit_throttled" => ProviderFailure.RateLimited,
            "system_busy" or "queue_overflow" or "resource_exhausted" => ProviderFailure.Overloaded,
            "model_not_found" => ProviderFailure.ModelUnavailable,
            "text_too_long" or "max_character_limit_exceeded" => ProviderFailure.ContextLength,
            "content_policy_violation" or "content_against_policy" => ProviderFailure.ContentFilter,
            "invalid_parameters"
            or "invalid_voice_settings"
            or "unsupported_language"
            or "invalid_output_format"
            or "voice_not_found"
            or "input_error"
            or "chunk_size_exceeded" => ProviderFailure.CallerMistake,
            "session_time_limit_exceeded" => ProviderFailure.Timeout,
            "transcriber_error" => ProviderFailure.Server,
            _ => null,
        };

    private static Detail Parse(string body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return
                document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("detail", out JsonElement detail)
                ? Read(detail)
                : default;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return default;
        }
    }

    private static Detail Read(JsonElement detail) =>
        detail.ValueKind switch
        {
            JsonValueKind.String => new(null, null, null, detail.GetString(), null, null),
            JsonValueKind.Object => new(
                Text(detail, "code"),
                Text(detail, "status"),
                Text(detail, "type"),
                Text(detail, "message"),
                Text(detail, "param"),
                Text(detail, "request_id")
            ),
            JsonValueKind.Array when detail.GetArrayLength() > 0 => First(detail[0]),
            _ => default,
        };

    private static Detail First(JsonElement complaint)
    {
        if (complaint.ValueKind != JsonValueKind.Object)
            return default;
        string? place =
            complaint.TryGetProperty("loc", out JsonElement loc) && loc.ValueKind == JsonValueKind.Array
                ? string.Join('.', loc.EnumerateArray().Skip(1).Select(part => part.ToString()))
                : null;
        string message = Text(complaint, "msg") ?? "the request does not fit the schema.";
        return new(null, null, Text(complaint, "type"), place is null ? message : $"{place}: {message}", place, null);
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private readonly record struct Detail(
        string? Code,
        string? Status,
        string? Type,
        string? Message,
        string? Parameter,
        string? RequestId
    );
}
