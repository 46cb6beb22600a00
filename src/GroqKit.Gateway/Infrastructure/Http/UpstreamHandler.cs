using System.Diagnostics;
using System.Net;
using GroqKit.Gateway.Infrastructure.Egress;
using GroqKit.Gateway.Services.Forwarding;

namespace GroqKit.Gateway.Infrastructure.Http;

/// <summary>Makes the one HTTP stack that all calls to providers share.</summary>
internal static class UpstreamHandler
{
    public static HttpMessageInvoker Create(
        Deadlines deadlines,
        int maxConnections,
        bool traced,
        GuardedConnector connector
    ) =>
        new(
            new SocketsHttpHandler
            {
                // A provider's redirect would carry the gateway's key to wherever it points.
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
                AutomaticDecompression = DecompressionMethods.None,
                // The trace context of callers is not the provider's business, and a diagnostics handler costs on every call.
                ActivityHeadersPropagator = traced ? DistributedContextPropagator.CreateNoOutputPropagator() : null,
                // Operators name addresses over the admin API, and a name may lead elsewhere by the time it is called.
                ConnectCallback = connector.ConnectAsync,
                ConnectTimeout = deadlines.Connect,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                PooledConnectionIdleTimeout = TimeSpan.FromSeconds(90),
                // Over HTTP/1.1 every open stream holds a connection, so as many as callers may have.
                MaxConnectionsPerServer = maxConnections,
                EnableMultipleHttp2Connections = true,
                KeepAlivePingDelay = TimeSpan.FromSeconds(30),
                KeepAlivePingTimeout = TimeSpan.FromSeconds(20),
                KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
                MaxResponseHeadersLength = 32,
            }
        );
}
