using GroqKit.Providers.Configuration;

namespace GroqKit.Providers.Groq;

/// <summary>One Groq client for each connection, for the provider's life. Circuits, rate limits and latencies are kept in them.</summary>
internal sealed class GroqConnections : IDisposable
{
    private readonly Dictionary<ProviderConnection, GroqClient> _clients;

    public GroqConnections(
        IEnumerable<ProviderConnection> connections,
        ProviderOptions options,
        ProviderEnvironment environment
    ) => _clients = connections.ToDictionary(to => to, to => Create(to, options, environment));

    public GroqClient this[ProviderConnection connection] => _clients[connection];

    public void Dispose()
    {
        foreach (GroqClient client in _clients.Values)
            client.Dispose();
    }

    private static GroqClient Create(ProviderConnection to, ProviderOptions options, ProviderEnvironment environment)
    {
        var client = new GroqClientOptions
        {
            ApiKey = to.Key,
            BaseUrl = to.Address.AbsoluteUri,
            Timeout = options.Timeout,
            TotalTimeout = options.TotalTimeout,
            StreamIdleTimeout = options.StreamIdleTimeout,
            Transport = environment.Transport?.Invoke(options),
            TimeProvider = environment.TimeProvider,
            Randomness = environment.Randomness,
            Headers = new Dictionary<string, string>(options.Headers, StringComparer.OrdinalIgnoreCase),
        };
        client.Retry.MaxRetries = options.MaxRetries;
        client.RateLimits.RequestsPerMinute = options.RateLimitRpm;
        client.Telemetry.LatencySamples = options.LatencySamples;
        return new GroqClient(client);
    }
}
