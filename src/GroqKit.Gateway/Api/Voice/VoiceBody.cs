using GroqKit.Gateway.Api.OpenAi;
using GroqKit.Gateway.Services.Chat;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;

namespace GroqKit.Gateway.Api.Voice;

/// <summary>Reads the JSON that turns and sessions take, which is small.</summary>
internal static class VoiceBody
{
    /// <summary>The longest body, in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    private static readonly RequestBody Bodies = new(new BodyLimits(MaxBytes, MaxBytes));

    /// <exception cref="GatewayException">It is too long or encoded.</exception>
    public static ValueTask<PooledBody> ReadAsync(Exchange exchange) =>
        Bodies.ReadAsync(exchange.Request, exchange.Lifetime.Token, exchange.Meter);
}
