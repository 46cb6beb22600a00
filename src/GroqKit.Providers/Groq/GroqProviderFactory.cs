using GroqKit.Providers.Configuration;

namespace GroqKit.Providers.Groq;

/// <summary>Makes providers of kind <c>groq</c>. Needs a key; takes no settings of its own.</summary>
public sealed class GroqProviderFactory : IProviderFactory
{
    /// <inheritdoc/>
    public ProviderKind Kind => ProviderKind.Groq;

    /// <inheritdoc/>
    public IReadOnlyList<ProviderService> Services => GroqProvider.AllServices;

    /// <inheritdoc/>
    public void Validate(ProviderOptions options, ErrorList errors)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(errors);
        KindRules.RequireKey(options, errors);
        KindRules.CheckSettings(options, errors);
        KindRules.CheckDefaultModels(options, Kind, errors);
    }

    /// <inheritdoc/>
    public IProvider Create(ProviderOptions options, ProviderEnvironment environment) =>
        new GroqProvider(options, environment);
}
