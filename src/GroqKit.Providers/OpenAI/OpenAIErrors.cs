using System.Net;
using System.Text.Json;
using GroqKit.Providers.Http;

namespace GroqKit.Providers.OpenAI;

/// <summary>OpenAI's error object. A code says more than a type, and a type more than the status.</summary>
internal sealed class OpenAIErrors : IErrorReader
{
    public ProviderException Read(HttpStatusCode status, string body, ProviderFailureDetails known)
    {
        JsonElement? error = FindError(body);
        string? code = Text(error, "code");
        string? type = Text(error, "type");
        string message =
            Text(error, "message") ?? (error is { ValueKind: JsonValueKind.String } text ? Read(text) ?? "" : "");
        if (Status(error) is { } named)
            status = named;
        ProviderFailure failure =
            KindOfCode(code) ?? KindOfCode(type) ?? KindOfType(status, type) ?? StatusFailures.Of(status);
        if (message.Length == 0)
            message = $"the server answered {(int)status} without an error message.";
        return new ProviderException(
            failure,
            $"{known.Provider}: {message}",
            known with
            {
                Status = status,
                Code = code,
                Type = type,
                Parameter = Text(error, "param"),
                // A 413 by rate is a request larger than a minute's limit: no wait makes it fit.
                IsRetryable =
                    failure is ProviderFailure.RateLimited && status is HttpStatusCode.RequestEntityTooLarge
                        ? false
                        : known.IsRetryable,
            }
        );
    }

    private static ProviderFailure? KindOfCode(string? code) =>
        code switch
        {
            "invalid_api_key" => ProviderFailure.Authentication,
            "insufficient_quota"
            or "credit_balance_exhausted"
            or "organization_spend_limit_exceeded"
            or "project_spend_limit_exceeded"
            or "organization_usage_limit_exceeded"
            or "billing_hard_limit_reached"
            or "blocked_api_access" => ProviderFailure.QuotaExhausted,
            "rate_limit_exceeded" or "slow_down" => ProviderFailure.RateLimited,
            "server_is_overloaded" or "capacity_exceeded" => ProviderFailure.Overloaded,
            "model_not_found" or "model_decommissioned" or "model_terms_required" => ProviderFailure.ModelUnavailable,
            "context_length_exceeded" => ProviderFailure.ContextLength,
            "content_filter" or "content_policy_violation" or "invalid_prompt" => ProviderFailure.ContentFilter,
            "unsupported_country_region_territory" => ProviderFailure.Permission,
            _ => null,
        };

    private static ProviderFailure? KindOfType(HttpStatusCode status, string? type) =>
        type switch
        {
            "rate_limit_error" => ProviderFailure.RateLimited,
            "tokens" or "requests" or "seconds" when status is HttpStatusCode.RequestEntityTooLarge =>
                ProviderFailure.RateLimited,
            "service_unavailable_error" => ProviderFailure.Overloaded,
            // Said of everything from a broken server to a full one: the status knows more, where it is one of a server's.
            "server_error" when status < HttpStatusCode.InternalServerError => ProviderFailure.Server,
            _ => null,
        };

    private static JsonElement? FindError(string body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return
                document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("error", out JsonElement error)
                ? error.Clone()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement? error, string name) =>
        error is { ValueKind: JsonValueKind.Object } found
        && found.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.String
            ? Read(value)
            : null;

    // Half of a surrogate pair is JSON and no text.
    private static string? Read(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static HttpStatusCode? Status(JsonElement? error) =>
        error is { ValueKind: JsonValueKind.Object } found
        && found.TryGetProperty("status_code", out JsonElement value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt32(out int status)
            ? (HttpStatusCode)status
            : null;
}
