using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Providers;

namespace GroqKit.Gateway.Services.Forwarding;

/// <summary>
/// Turns a provider's error into what the caller may see. A readable error passes with its own words, without the gateway's account
/// id in them; anything else, such as a CDN's page, becomes a plain one. That the gateway's own key was refused is not the caller's
/// 401.
/// </summary>
internal static class ProviderError
{
    private const int MaxBody = 1024 * 1024;
    private const int MaxRetryAfter = 64;

    public static async ValueTask<GatewayException> ReadAsync(
        HttpResponseMessage answer,
        string provider,
        CallLifetime lifetime,
        TimeSpan idle,
        TimeProvider time
    )
    {
        int status = (int)answer.StatusCode;
        string? retryAfter = RetryAfter(answer);
        byte[]? body = null;
        try
        {
            using PooledBody whole = await AnswerBody.ReadWholeAsync(answer.Content, MaxBody, provider, lifetime, idle);
            if (HasErrorShape(whole.Span))
                body = AccountIds.Mask(whole.Span);
        }
        catch (GatewayException broken) when (broken.Outcome is Outcome.UpstreamFailed or Outcome.IdleTimeout)
        {
            // The status alone says enough.
        }
        return From(status, body, provider, retryAfter, Http.RetryAfter.From(answer.Headers, time));
    }

    /// <summary>The same for an error event that comes instead of the first words of a stream; its status is in the event.</summary>
    public static GatewayException FromEvent(ReadOnlyMemory<byte> data, string provider)
    {
        int status = StatusIn(data.Span);
        byte[]? body = HasErrorShape(data.Span) ? AccountIds.Mask(data.Span) : null;
        return From(status, body, provider, retryAfter: null, wait: null);
    }

    private static GatewayException From(int status, byte[]? body, string provider, string? retryAfter, TimeSpan? wait)
    {
        if (status == 401)
            return UpstreamErrors.KeyRefused(provider);
        if (status == 403)
            return UpstreamErrors.AccessDenied(provider);
        ProviderFailure failure = KindOf(status, body);
        return body is null || status is < 400 or > 599
            ? UpstreamErrors.Status(provider, status, retryAfter, wait, failure)
            : UpstreamErrors.InItsWords(provider, status, retryAfter, wait, failure, body);
    }

    private static ProviderFailure KindOf(int status, byte[]? body)
    {
        string? code = null;
        string? type = null;
        using (JsonDocument? document = body is null ? null : Parse(body))
        {
            if (document is not null && document.RootElement.TryGetProperty("error"u8, out JsonElement error))
            {
                code = TextOf(error, "code"u8);
                type = TextOf(error, "type"u8);
            }
        }
        ProviderFailure failure = FailureRules.KindOf((HttpStatusCode)status, code, type);
        // The address is the gateway's own; what may not be there is the model.
        return failure is ProviderFailure.CallerMistake && status == (int)HttpStatusCode.NotFound
            ? ProviderFailure.ModelUnavailable
            : failure;
    }

    private static string? TextOf(JsonElement error, ReadOnlySpan<byte> name) =>
        error.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.String
        && JsonMarshal.GetRawUtf8Value(value).IndexOf((byte)'\\') < 0
            ? value.GetString()
            : null;

    /// <summary>The header as it may be passed on; null where it may not.</summary>
    public static string? RetryAfter(HttpResponseMessage answer)
    {
        if (!answer.Headers.NonValidated.TryGetValues("Retry-After", out var values))
            return null;
        string text = values.ToString();
        return text.Length <= MaxRetryAfter && !text.AsSpan().ContainsAnyExceptInRange(' ', '~') ? text : null;
    }

    private static bool HasErrorShape(ReadOnlySpan<byte> body)
    {
        JsonDocument? document = Parse(body);
        using (document)
        {
            return document is not null
                && document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("error"u8, out JsonElement error)
                && error.ValueKind == JsonValueKind.Object
                && error.TryGetProperty("message"u8, out JsonElement message)
                && message.ValueKind == JsonValueKind.String;
        }
    }

    private static int StatusIn(ReadOnlySpan<byte> data)
    {
        using JsonDocument? document = Parse(data);
        return
            document?.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("error"u8, out JsonElement error)
            && error.ValueKind == JsonValueKind.Object
            && error.TryGetProperty("status_code"u8, out JsonElement status)
            && status.ValueKind == JsonValueKind.Number
            && status.TryGetInt32(out int value)
            && value is >= 400 and <= 599
            ? value
            : 502;
    }

    private static JsonDocument? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            return JsonDocument.ParseValue(ref reader);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
