using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Realtime;
using GroqKit.Gateway.Services.Snapshots;
using Microsoft.Extensions.Primitives;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>Lets callers in by <c>Authorization: Bearer KEY</c>, to what their key permits.</summary>
internal sealed class CallerGate(CurrentSnapshot current, LentKeys lent, TimeProvider time)
{
    public const string Scheme = "Bearer ";

    // The name that OpenAI's browser clients send the key under.
    private const string KeyProtocol = "openai-insecure-api-key.";

    /// <summary>The caller's authorization, also where a browser can send none of its own with a WebSocket.</summary>
    public static StringValues AuthorizationOf(HttpRequest request)
    {
        StringValues header = request.Headers.Authorization;
        if (header.Count > 0 || !request.HttpContext.WebSockets.IsWebSocketRequest)
            return header;
        foreach (string protocol in request.HttpContext.WebSockets.WebSocketRequestedProtocols)
        {
            if (protocol.StartsWith(KeyProtocol, StringComparison.Ordinal))
                return Scheme + protocol[KeyProtocol.Length..];
        }
        return header;
    }

    /// <summary>The client secret that a caller presents; null where it is something else.</summary>
    public static string? SecretOf(HttpRequest request) =>
        AuthorizationOf(request) is [{ } value]
        && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && value.AsSpan(Scheme.Length).Trim() is var text
        && text.StartsWith(ClientSecrets.Prefix, StringComparison.Ordinal)
            ? text.ToString()
            : null;

    /// <param name="request">What is asked.</param>
    /// <param name="needed">What the key has to permit.</param>
    /// <exception cref="GatewayException">There is no key, it isn't valid, or it doesn't permit that.</exception>
    public CallerKey Admit(HttpRequest request, Scopes needed)
    {
        ValidKey found = Identify(request);
        if ((found.Key.Granted & needed) != needed)
            throw RequestErrors.Forbidden(string.Join(", ", Permissions.NamesOf(needed)));
        return found.Key;
    }

    /// <param name="request">What is asked.</param>
    /// <exception cref="GatewayException">There is no key, or it isn't valid.</exception>
    public ValidKey Identify(HttpRequest request)
    {
        StringValues header = AuthorizationOf(request);
        // Two of them would leave open which one was checked.
        if (
            header.Count != 1
            || header[0] is not { } value
            || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        )
            throw RequestErrors.KeyMissing();
        ReadOnlySpan<char> key = value.AsSpan(Scheme.Length).Trim();
        ValidKey found = current.Value.Keys.Find(value, key) ?? FindLent(key) ?? throw Refusal(key);
        if (found.ExpiresAt <= time.GetUtcNow())
            throw RequestErrors.KeyExpired();
        return found;
    }

    // A stand-in may serve for hours: it is worth what the key behind it is worth now.
    private ValidKey? FindLent(ReadOnlySpan<char> key) =>
        lent.Find(key) is { } behind ? current.Value.Keys.Find(behind.Key.Id, behind.Hash.Span) : null;

    private static GatewayException Refusal(ReadOnlySpan<char> key) =>
        key.StartsWith(ClientSecrets.Prefix, StringComparison.Ordinal) ? RequestErrors.ClientSecretElsewhere()
        : KeyFormat.LooksMistyped(key) ? RequestErrors.KeyMistyped()
        : RequestErrors.KeyUnknown();
}
