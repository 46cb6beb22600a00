using GroqKit.Providers.Configuration;

namespace GroqKit.Providers.Http;

/// <summary>The deadlines and repeats of one provider.</summary>
internal sealed record ProviderHttpSettings(
    TimeSpan Timeout,
    TimeSpan TotalTimeout,
    TimeSpan StreamIdleTimeout,
    int MaxRetries,
    int? RequestsPerMinute
)
{
    public static ProviderHttpSettings From(ProviderOptions options) =>
        new(options.Timeout, options.TotalTimeout, options.StreamIdleTimeout, options.MaxRetries, options.RateLimitRpm);
}
