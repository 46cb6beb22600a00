namespace GroqKit.Providers.Configuration;

/// <summary>The configuration of providers is wrong. Raised before anything is sent; lists everything at once.</summary>
/// <param name="errors">Every error.</param>
public sealed class ProviderConfigurationException(IReadOnlyList<ConfigurationError> errors)
    : Exception($"The configuration of providers is not valid. {string.Join(" ", errors)}")
{
    /// <summary>Every error, in the order of the configuration.</summary>
    public IReadOnlyList<ConfigurationError> Errors { get; } = errors;
}
