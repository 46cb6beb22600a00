using System.Net;
using System.Text.Json;
using GroqKit.Providers.Http;

namespace GroqKit.Providers.OpenAI;

/// <summary>OpenAI's error object.</summary>
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
        ProviderFailure failure = FailureRules.KindOf(status, code, type);
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
