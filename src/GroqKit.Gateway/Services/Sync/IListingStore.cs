using GroqKit.Gateway.Services.Jobs;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Sync;

/// <summary>Where it lasts what providers offer. Every member throws <see cref="StorageException"/> when the store can't be reached.</summary>
internal interface IListingStore
{
    /// <summary>What a provider offers or offered.</summary>
    Task<IReadOnlyList<ListedModel>> ListAsync(string tenant, string provider, CancellationToken cancellationToken);

    JobEffect Save(IReadOnlyList<ListedModel> models);
}
