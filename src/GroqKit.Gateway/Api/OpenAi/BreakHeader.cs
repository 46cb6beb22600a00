using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Errors;
using Microsoft.Extensions.Primitives;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>What the caller, or else its agent, wants when a stream breaks after words were sent.</summary>
internal static class BreakHeader
{
    /// <exception cref="GatewayException">The header is there more than once or names no mode.</exception>
    public static BreakMode Read(HttpRequest request, Agent? agent)
    {
        StringValues header = request.Headers[GatewayHeaders.OnBreak];
        if (header.Count == 0)
            return agent is null ? BreakMode.Fail : BreakModes.Parse(agent.OnBreak) ?? BreakMode.Fail;
        if (header.Count > 1)
            throw RequestErrors.Duplicate(GatewayHeaders.OnBreak);
        return BreakModes.Parse(header[0] ?? "")
            ?? throw RequestErrors.WrongValue(
                GatewayHeaders.OnBreak,
                "must be one of " + string.Join(", ", BreakModes.All)
            );
    }
}
