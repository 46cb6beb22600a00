namespace GroqKit.Tests;

internal static class Clients
{
    public const string Key = "gsk_marker0123456789";

    public static GroqClient For(StubServer server, Action<GroqClientOptions>? configure = null) =>
        Create(server.Address, null, configure);

    public static GroqClient For(HttpMessageHandler transport, Action<GroqClientOptions>? configure = null) =>
        Create("https://api.groq.com", transport, configure);

    public static GroqClient For(string address, Action<GroqClientOptions>? configure = null) =>
        Create(address, null, configure);

    private static GroqClient Create(string url, HttpMessageHandler? transport, Action<GroqClientOptions>? configure)
    {
        var options = new GroqClientOptions
        {
            ApiKey = Key,
            BaseUrl = url,
            Transport = transport,
            Retry = new RetryOptions { MaxRetries = 0 },
        };
        configure?.Invoke(options);
        return new GroqClient(options);
    }
}
