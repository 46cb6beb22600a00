using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Services.Forwarding;

/// <summary>Finds out whether a provider serves a model again, without anything of a caller's.</summary>
internal interface ILaneProbe
{
    /// <summary>Sends the smallest request that tells. Never throws for what the provider does.</summary>
    Task<bool> WorksAsync(Provider provider, ServiceKind service, string model, CancellationToken cancellationToken);
}
