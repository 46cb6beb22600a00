using GroqKit.Gateway.Api.OpenAi;
using GroqKit.Gateway.Services.Chat;
using GroqKit.Gateway.Services.Forwarding;

namespace GroqKit.Gateway.Api.Admin;

/// <summary>Reads the bodies of the admin API, which are small.</summary>
internal sealed class AdminBody
{
    /// <summary>The longest body, in bytes.</summary>
    public const int MaxBytes = 256 * 1024;

    private readonly RequestBody _bodies = new(new BodyLimits(MaxBytes, MaxBytes));

    public async Task<JsonInput> ReadAsync(HttpRequest request)
    {
        using PooledBody body = await _bodies.ReadAsync(request, request.HttpContext.RequestAborted);
        return JsonInput.Parse(body.Memory);
    }
}
