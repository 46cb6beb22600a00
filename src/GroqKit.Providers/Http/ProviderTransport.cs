namespace GroqKit.Providers.Http;

/// <summary>The handler of a provider that was given none.</summary>
internal static class ProviderTransport
{
    public static SocketsHttpHandler Create() =>
        new()
        {
            // Redirects would carry the key elsewhere; cookies would tie calls together.
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = System.Net.DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            EnableMultipleHttp2Connections = true,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(90),
        };
}
