using GroqKit.Gateway.Services.Errors;
using Microsoft.Extensions.Primitives;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>The header with which callers choose an agent when they can't change the model's name.</summary>
internal static class AgentHeader
{
    /// <returns>The agent's name; null where the header is absent.</returns>
    /// <exception cref="GatewayException">It is there more than once.</exception>
    public static string? Read(HttpRequest request)
    {
        StringValues header = request.Headers[GatewayHeaders.Agent];
        return header.Count switch
        {
            0 => null,
            1 => header[0],
            _ => throw RequestErrors.Duplicate(GatewayHeaders.Agent),
        };
    }
}
