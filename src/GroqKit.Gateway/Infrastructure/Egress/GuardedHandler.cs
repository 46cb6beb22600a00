using System.Net;
using GroqKit.Gateway.Services.Egress;

namespace GroqKit.Gateway.Infrastructure.Egress;

/// <summary>Makes the HTTP stack for addresses that users named.</summary>
internal static class GuardedHandler
{
    public static SocketsHttpHandler Create(EgressRules rules, IHostResolver resolver) =>
        new()
        {
            ConnectCallback = new GuardedConnector(rules, resolver).ConnectAsync,
            // A redirect leads to an address that nobody has checked.
            AllowAutoRedirect = false,
            // A proxy would resolve the name itself, unchecked.
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = 32,
        };
}
