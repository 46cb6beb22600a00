using System.Text.Json;
using GroqKit.Gateway.Services.Administration;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Aliases;

/// <summary>Makes, changes and removes names that stand for models.</summary>
internal sealed class AliasAdministration(IRecordStore<ModelAlias> store, SnapshotKeeper snapshots, TimeProvider time)
{
    private readonly RecordEditor<ModelAlias> _aliases = new(
        "alias",
        "aliases",
        alias => JsonSerializer.Serialize(AliasView.Of(alias), AdminJson.Default.AliasView),
        store,
        snapshots,
        time
    );

    /// <summary>What the names of a tenant can stand for, as it is now on any node.</summary>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    public Task<TenantView> ViewAsync(Actor actor, CancellationToken cancellationToken) =>
        snapshots.ViewAsync(actor.Tenant, cancellationToken);

    /// <exception cref="GatewayException">There is none.</exception>
    public Task<ModelAlias> GetAsync(Actor actor, string name, CancellationToken cancellationToken) =>
        _aliases.GetAsync(actor.Tenant, name, cancellationToken);

    public Task<IReadOnlyList<ModelAlias>> ListAsync(
        Actor actor,
        string? after,
        int count,
        CancellationToken cancellationToken
    ) => _aliases.ListAsync(actor.Tenant, after, count, cancellationToken);

    /// <exception cref="GatewayException">The name is taken.</exception>
    public async Task<ModelAlias> CreateAsync(Actor actor, ModelAlias alias, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        ModelAlias made = alias with { CreatedAt = now, UpdatedAt = now };
        await _aliases.AddAsync(actor, made, cancellationToken);
        return made;
    }

    /// <exception cref="GatewayException">There is none, or it was changed meanwhile.</exception>
    public Task<ModelAlias> UpdateAsync(
        Actor actor,
        ModelAlias alias,
        long? expected,
        CancellationToken cancellationToken
    ) =>
        _aliases.ChangeAsync(
            actor,
            alias.Name,
            expected,
            "update",
            before =>
                alias with
                {
                    CreatedAt = before.CreatedAt,
                    UpdatedAt = time.GetUtcNow(),
                    Version = before.Version + 1,
                },
            cancellationToken
        );

    /// <exception cref="GatewayException">There is none, or it was changed meanwhile.</exception>
    public Task DeleteAsync(Actor actor, string name, long? expected, CancellationToken cancellationToken) =>
        _aliases.DeleteAsync(actor, name, expected, cancellationToken);
}
