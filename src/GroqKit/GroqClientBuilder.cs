using GroqKit.Authentication;
using GroqKit.Resilience;

namespace GroqKit;

/// <summary>A thin layer over <see cref="GroqClientOptions"/> for people who prefer chains. Not safe for several threads.</summary>
public sealed class GroqClientBuilder
{
    private readonly GroqClientOptions _options = new();

    /// <summary>Sets the key.</summary>
    /// <param name="key">The key.</param>
    public GroqClientBuilder WithApiKey(ApiKey key) => With(options => options.ApiKey = key);

    /// <summary>Sets the server.</summary>
    /// <param name="baseUrl">With or without <c>/openai/v1</c> or <c>/v1</c>.</param>
    public GroqClientBuilder WithBaseUrl(string baseUrl) => With(options => options.BaseUrl = baseUrl);

    /// <summary>Sets the deadline of one attempt.</summary>
    /// <param name="timeout">More than zero, at most a day.</param>
    public GroqClientBuilder WithTimeout(TimeSpan timeout) => With(options => options.Timeout = timeout);

    /// <summary>Sets the deadline of all attempts together.</summary>
    /// <param name="timeout">More than zero, at most a day.</param>
    public GroqClientBuilder WithTotalTimeout(TimeSpan timeout) => With(options => options.TotalTimeout = timeout);

    /// <summary>Sets how often a failed attempt is repeated.</summary>
    /// <param name="retries">0 to 10.</param>
    public GroqClientBuilder WithMaxRetries(int retries) => With(options => options.Retry.MaxRetries = retries);

    /// <summary>Sets when and how often a failed attempt is repeated.</summary>
    /// <param name="retry">The policy.</param>
    public GroqClientBuilder WithRetry(RetryOptions retry) => With(options => options.Retry = retry);

    /// <summary>Sets retries, circuit breaker, rate limits and hedging together.</summary>
    /// <param name="preset">What to use.</param>
    public GroqClientBuilder WithResilience(ResiliencePreset preset) => With(options => options.UseResilience(preset));

    /// <summary>Sets what decides about attempts, instead of the client's own retries, circuit breakers and hedging.</summary>
    /// <param name="resilience">For example a <see cref="PipelineResilience"/>.</param>
    public GroqClientBuilder WithResilience(IGroqResilience resilience) =>
        With(options => options.Resilience = resilience);

    /// <summary>Adds a header to every call.</summary>
    /// <param name="name">A token.</param>
    /// <param name="value">Free of control characters.</param>
    public GroqClientBuilder WithHeader(string name, string value) => With(options => options.Headers[name] = value);

    /// <summary>Sets the transport, which stays the caller's to dispose of.</summary>
    /// <param name="transport">The transport.</param>
    public GroqClientBuilder WithTransport(HttpMessageHandler transport) =>
        With(options => options.Transport = transport);

    /// <summary>Sets how calls identify themselves.</summary>
    /// <param name="authentication">Instead of a key.</param>
    public GroqClientBuilder WithAuthentication(IGroqAuthentication authentication) =>
        With(options => options.Authentication = authentication);

    /// <summary>Sets anything else.</summary>
    /// <param name="configure">Changes the options.</param>
    public GroqClientBuilder With(Action<GroqClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        configure(_options);
        return this;
    }

    /// <summary>Makes the client.</summary>
    /// <exception cref="GroqConfigurationException">Something is wrong; it lists everything.</exception>
    public GroqClient Build() => new(_options);
}
