using System.Net.Sockets;
using GroqKit.Gateway.Infrastructure.Configuration;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace GroqKit.Gateway.Hosting;

/// <summary>Where and within which limits the gateway listens.</summary>
internal static class Listening
{
    private const string DefaultAddress = "http://127.0.0.1:8080";

    private static readonly TimeSpan ReadingGrace = TimeSpan.FromSeconds(5);

    private static readonly string[] AddressKeys = ["urls", "http_ports", "https_ports"];

    /// <exception cref="ListenException">Something keeps the gateway from listening where it should.</exception>
    public static async Task ListenAsync(this WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (Exception failure)
            when (failure
                    is IOException
                        or SocketException
                        or FormatException
                        or ArgumentException
                        or InvalidOperationException
            )
        {
            throw new ListenException(app.Configuration["urls"] ?? string.Join(';', app.Urls), failure);
        }
    }

    public static void AddListening(this WebApplicationBuilder builder, GatewaySettings settings)
    {
        if (AddressKeys.All(key => string.IsNullOrEmpty(builder.Configuration[key])))
            builder.WebHost.UseUrls(DefaultAddress);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            var limits = kestrel.Limits;
            // Each route has its own limit and stops reading there. The server's would close the connection under a caller that is
            // still sending, so that it saw a broken pipe and not the error.
            limits.MaxRequestBodySize = null;
            limits.MaxRequestHeadersTotalSize = 16 * 1024;
            limits.MaxRequestHeaderCount = 64;
            limits.MaxRequestLineSize = 4 * 1024;
            limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
            limits.RequestHeadersTimeout = settings.Deadlines.RequestHeaders;
            limits.MinResponseDataRate = new MinDataRate(settings.SlowestReader, ReadingGrace);
            limits.MaxConcurrentConnections = settings.Connections;
            limits.MaxConcurrentUpgradedConnections = settings.UpgradedConnections;
            limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
            limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
        });
    }
}
