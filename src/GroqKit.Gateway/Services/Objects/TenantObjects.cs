using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Objects;

/// <summary>What a caller's tenant has at its providers. Objects of others are not there for it.</summary>
internal sealed class TenantObjects(IObjectOwners owners, CurrentSnapshot current, TimeProvider time)
{
    private const int MaxId = 200;

    /// <exception cref="GatewayException">The tenant has no such object, its provider is gone or switched off, or nobody can tell.</exception>
    public async Task<(OwnedObject Object, Provider Provider)> GetAsync(
        CallerKey caller,
        string kind,
        string id,
        string param,
        CancellationToken cancellationToken
    )
    {
        OwnedObject? owned = IsPlain(id)
            ? await Guarded(() => owners.FindAsync(caller.Tenant, kind, id, cancellationToken))
            : null;
        if (owned is null || ProviderOf(caller, owned) is not { } provider)
            throw RequestErrors.NoObject(kind, IsPlain(id) ? id : "", param);
        return provider.Share > 0 ? (owned, provider) : throw UpstreamErrors.SwitchedOff(provider.Name);
    }

    /// <summary>The newest first; those whose provider is gone or switched off are left out.</summary>
    /// <exception cref="GatewayException">Nobody can tell.</exception>
    public async Task<IReadOnlyList<(OwnedObject Object, Provider Provider)>> ListAsync(
        CallerKey caller,
        string kind,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<OwnedObject> all = await Guarded(() => owners.ListAsync(caller.Tenant, kind, cancellationToken));
        return
        [
            .. from owned in all
            let provider = ProviderOf(caller, owned)
            where provider is { Share: > 0 }
            select (owned, provider),
        ];
    }

    /// <exception cref="GatewayException">It can't be noted.</exception>
    public Task AddAsync(
        CallerKey caller,
        string kind,
        string id,
        Provider provider,
        string? masks,
        CancellationToken cancellationToken
    ) =>
        IsPlain(id)
            ? Guarded(async () =>
            {
                await owners.AddAsync(
                    new OwnedObject(caller.Tenant, kind, id, provider.Name, caller.Id, time.GetUtcNow())
                    {
                        Masks = masks,
                    },
                    cancellationToken
                );
                return true;
            })
            : throw UpstreamErrors.Malformed(provider.Name);

    /// <exception cref="GatewayException">It can't be noted.</exception>
    public Task RemoveAsync(OwnedObject owned, CancellationToken cancellationToken) =>
        Guarded(async () =>
        {
            await owners.RemoveAsync(owned, cancellationToken);
            return true;
        });

    /// <summary>Whether an id can stand in an address as it is.</summary>
    public static bool IsPlain(string id) =>
        id.Length is > 0 and <= MaxId && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private Provider? ProviderOf(CallerKey caller, OwnedObject owned)
    {
        TenantView view = current.Value[caller.Tenant];
        if (view.Providers.TryGetValue(owned.Provider, out Provider? provider))
            return provider;
        return view.Default.Name == owned.Provider ? view.Default : null;
    }

    private static async Task<T> Guarded<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (StorageException failure)
        {
            throw RequestErrors.StorageUnavailable(failure);
        }
    }
}
