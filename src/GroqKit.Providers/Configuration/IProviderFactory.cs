namespace GroqKit.Providers.Configuration;

/// <summary>Makes the providers of one kind. Adding a kind is implementing this and <see cref="IProvider"/>, in one folder.</summary>
public interface IProviderFactory
{
    /// <summary>The kind.</summary>
    ProviderKind Kind { get; }

    /// <summary>The services that providers of this kind have.</summary>
    IReadOnlyList<ProviderService> Services { get; }

    /// <summary>What only this kind can say about options; what all kinds share has been checked then.</summary>
    /// <param name="options">The options, of this kind.</param>
    /// <param name="errors">Takes errors.</param>
    void Validate(ProviderOptions options, ErrorList errors);

    /// <summary>Makes a provider.</summary>
    /// <param name="options">Valid options of this kind.</param>
    /// <param name="environment">Clock, transport, log, catalogue.</param>
    IProvider Create(ProviderOptions options, ProviderEnvironment environment);
}
