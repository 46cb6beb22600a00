using System.Diagnostics;
using System.Net;
using System.Security.Authentication;

namespace GroqKit.Http;

/// <summary>
/// The client's own transport. Redirects are not followed, so the key goes nowhere else; certificates are checked by the platform, and
/// nothing here can switch that off.
/// </summary>
internal static class DefaultTransport
{
    public static SocketsHttpHandler Create(GroqClientOptions options) => Create(options, Dns.GetHostAddressesAsync);

    /// <param name="options">The client's options.</param>
    /// <param name="resolve">Finds the addresses of a name.</param>
    public static SocketsHttpHandler Create(
        GroqClientOptions options,
        Func<string, CancellationToken, Task<IPAddress[]>> resolve
    )
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = options.ConnectTimeout,
            ConnectCallback = new Connecting(resolve).OpenAsync,
            PlaintextStreamFilter = Connecting.OpenedAsync,
            MaxConnectionsPerServer = options.MaxConnectionsPerServer,
            PooledConnectionLifetime = options.PooledConnectionLifetime,
            PooledConnectionIdleTimeout = options.PooledConnectionIdleTimeout,
            EnableMultipleHttp2Connections = true,
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(20),
            MaxResponseHeadersLength = 32,
            SslOptions = { EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 },
        };
        // Without output rather than without a propagator, which would take the span of the request away too.
        if (!options.Telemetry.PropagateTraceContext)
            handler.ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator();
        return handler;
    }
}
