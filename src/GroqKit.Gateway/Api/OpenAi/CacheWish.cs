using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Errors;
using Microsoft.Extensions.Primitives;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>What a caller, or the agent's owner, wants of the cache of answers.</summary>
/// <param name="Reads">Whether an answer may be repeated; otherwise it is made anew and kept.</param>
/// <param name="Lifetime">For how long answers are kept; null for the usual time.</param>
internal sealed record CacheWish(bool Reads, TimeSpan? Lifetime)
{
    private const string On = "on";
    private const string Off = "off";
    private const string Refresh = "refresh";

    /// <returns>Null where nobody has asked for it, which is the usual case and costs one look each.</returns>
    /// <exception cref="GatewayException">The header says something else.</exception>
    public static CacheWish? Read(HttpRequest request, Agent? agent)
    {
        StringValues header = request.Headers[GatewayHeaders.Cache];
        TimeSpan? lifetime = agent is { CacheSeconds: > 0 and var seconds } ? TimeSpan.FromSeconds(seconds) : null;
        if (header.Count == 0)
            return lifetime is null ? null : new CacheWish(Reads: true, lifetime);
        return header.ToString() switch
        {
            On => new CacheWish(Reads: true, lifetime),
            Refresh => new CacheWish(Reads: false, lifetime),
            Off => null,
            _ => throw RequestErrors.WrongValue(GatewayHeaders.Cache, $"must be {On}, {Off} or {Refresh}"),
        };
    }
}
