using GroqKit.Catalog;

namespace GroqKit.Providers;

/// <summary>A model of a provider, for one service.</summary>
/// <param name="Provider">The provider's name.</param>
/// <param name="Service">What it is used for.</param>
/// <param name="Facts">Capabilities, limits, voices, prices and shutdown as far as they are known.</param>
public sealed record ProviderModel(string Provider, ProviderService Service, CatalogModel Facts)
{
    /// <summary>The id that requests name.</summary>
    public string Id => Facts.Id;

    /// <summary>False for a model that only configuration or the provider's list names: nothing is known of it.</summary>
    public bool IsCatalogued { get; init; } = true;

    /// <summary>Whether the model has a capability; null when it is not known.</summary>
    /// <param name="capability">What to ask for.</param>
    public bool? Supports(ModelCapability capability) => IsCatalogued ? Facts.Supports(capability) : null;
}
