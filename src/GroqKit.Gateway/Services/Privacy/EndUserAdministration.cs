using GroqKit.Gateway.Services.Administration;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Storage;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Services.Privacy;

/// <summary>Shows and erases what is stored of a caller's own users.</summary>
internal sealed class EndUserAdministration(
    IEndUserStore store,
    IPendingUsage pending,
    ErasureKeeper erasures,
    TimeProvider time
)
{
    /// <exception cref="GatewayException">The store can't be reached.</exception>
    public Task<EndUserView> ExportAsync(Actor actor, string user, CancellationToken cancellationToken) =>
        Guarded(async () =>
        {
            await pending.ShippedAsync(cancellationToken);
            return await store.ExportAsync(actor.Tenant, user, cancellationToken);
        });

    /// <exception cref="GatewayException">The store can't be reached.</exception>
    public Task<ErasedView> EraseAsync(Actor actor, string user, CancellationToken cancellationToken) =>
        Guarded(async () =>
        {
            // What is still on its way would come after it was erased.
            await pending.ForgottenAsync(cancellationToken);
            // The entry says that somebody was erased, and not who.
            var change = new Change(
                time.GetUtcNow(),
                actor.Tenant,
                actor.Key.Id,
                "end-users.erase",
                "end-users",
                "{}",
                actor.RequestId
            );
            ErasedView erased = await store.EraseAsync(actor.Tenant, user, change, cancellationToken);
            await erasures.ErasedAsync(cancellationToken);
            return erased;
        });

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
