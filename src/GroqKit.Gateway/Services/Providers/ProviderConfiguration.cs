using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Providers;

/// <summary>A provider as an operator has set it up. Immutable.</summary>
internal sealed record ProviderConfiguration : IRecord
{
    public const int DefaultMaxRetries = 2;
    public const int DefaultTimeoutSeconds = 120;

    public required string Tenant { get; init; }

    /// <summary>Callers see it in <c>x-groqkit-provider</c> and write it before a model's name.</summary>
    public required string Name { get; init; }

    public required ProviderKind Kind { get; init; }

    /// <summary>Complete, with a trailing slash.</summary>
    public required Uri BaseUrl { get; init; }

    /// <summary>The provider's key as the protector gave it; null when it has none.</summary>
    public string? ProtectedKey { get; init; }

    /// <summary>Attempts after the first, 0 to 10.</summary>
    public int MaxRetries { get; init; } = DefaultMaxRetries;

    /// <summary>The longest wait for an answer to begin, 1 to 3600 s.</summary>
    public int TimeoutSeconds { get; init; } = DefaultTimeoutSeconds;

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public long Version { get; init; } = 1;

    string IRecord.Key => Name;
}
