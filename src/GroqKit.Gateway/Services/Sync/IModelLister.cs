using GroqKit.Catalog;
using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Services.Sync;

/// <summary>Asks providers what they offer.</summary>
internal interface IModelLister
{
    /// <summary>Never throws for what the provider does.</summary>
    /// <returns>Null when it doesn't answer, or with something else than a list.</returns>
    Task<IReadOnlyList<ModelListing>?> ListAsync(Provider provider, CancellationToken cancellationToken);
}
