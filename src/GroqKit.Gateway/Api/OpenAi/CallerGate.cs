using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Keys;
using Microsoft.Extensions.Primitives;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>Lets callers in by <c>Authorization: Bearer KEY</c>.</summary>
internal sealed class CallerGate(KeyRing keys)
{
    private const string Scheme = "Bearer ";

    /// <exception cref="GatewayException">There is no key, or it isn't valid.</exception>
    public CallerKey Admit(HttpRequest request)
    {
        StringValues header = request.Headers.Authorization;
        // Two of them would leave open which one was checked.
        if (
            header.Count != 1
            || header[0] is not { } value
            || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        )
            throw RequestErrors.KeyMissing();
        ReadOnlySpan<char> key = value.AsSpan(Scheme.Length).Trim();
        return keys.Find(value, key)
            ?? throw (KeyFormat.LooksMistyped(key) ? RequestErrors.KeyMistyped() : RequestErrors.KeyUnknown());
    }
}
