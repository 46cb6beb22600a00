using System.Security.Cryptography;
using GroqKit.Providers.Catalog;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace GroqKit.Providers.Configuration;

/// <summary>What providers are given besides their options. Immutable.</summary>
public sealed record ProviderEnvironment
{
    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Numbers from 0 (inclusive) to 1 (exclusive) for jitter; must be safe for all threads. Default: the system's generator.</summary>
    public Func<double> Randomness { get; init; } =
        static () => RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue;

    /// <summary>Where providers write their log. Default: nowhere.</summary>
    public ILoggerFactory Logging { get; init; } = NullLoggerFactory.Instance;

    /// <summary>
    /// Makes the transport of a provider, for tests and proxies; the provider does not dispose of it. Default: each provider has its own.
    /// </summary>
    public Func<ProviderOptions, HttpMessageHandler>? Transport { get; init; }

    /// <summary>Models and prices. Default: those that come with the package.</summary>
    public ProviderCatalog Catalog { get; init; } = ProviderCatalog.Default;
}
