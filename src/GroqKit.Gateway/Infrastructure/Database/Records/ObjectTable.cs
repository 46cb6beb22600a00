using System.Data.Common;
using Dapper;
using GroqKit.Gateway.Services.Objects;

namespace GroqKit.Gateway.Infrastructure.Database.Records;

/// <summary>The owners of what providers keep.</summary>
internal sealed class ObjectTable(IDatabase database) : IObjectOwners
{
    // What a provider keeps expires there; a tenant with more at once has to delete before it sees the rest.
    private const int MaxListed = 10_000;

    private const string Columns =
        "tenant AS \"Tenant\", kind AS \"Kind\", id AS \"Id\", provider AS \"Provider\", key_id AS \"KeyId\", created_at AS \"CreatedAt\", masks AS \"Masks\"";

    public Task AddAsync(OwnedObject owned, CancellationToken cancellationToken) =>
        ExecuteAsync(
            "INSERT INTO provider_objects (tenant, kind, id, provider, key_id, created_at, masks) "
                + "VALUES (@Tenant, @Kind, @Id, @Provider, @KeyId, @CreatedAt, @Masks) ON CONFLICT DO NOTHING",
            new
            {
                owned.Tenant,
                owned.Kind,
                owned.Id,
                owned.Provider,
                owned.KeyId,
                CreatedAt = owned.CreatedAt.ToUnixTimeMilliseconds(),
                owned.Masks,
            },
            cancellationToken
        );

    public async Task<OwnedObject?> FindAsync(
        string tenant,
        string kind,
        string id,
        CancellationToken cancellationToken
    ) =>
        await QueryAsync(
            $"SELECT {Columns} FROM provider_objects WHERE tenant = @tenant AND kind = @kind AND id = @id",
            new
            {
                tenant,
                kind,
                id,
            },
            cancellationToken
        )
            is [var found]
            ? found
            : null;

    public Task<IReadOnlyList<OwnedObject>> ListAsync(
        string tenant,
        string kind,
        CancellationToken cancellationToken
    ) =>
        QueryAsync(
            $"SELECT {Columns} FROM provider_objects WHERE tenant = @tenant AND kind = @kind "
                + $"ORDER BY created_at DESC, id DESC LIMIT {MaxListed}",
            new { tenant, kind },
            cancellationToken
        );

    public Task<IReadOnlyList<OwnedObject>> OpenBatchesAsync(
        OwnedObject? after,
        int most,
        CancellationToken cancellationToken
    ) =>
        QueryAsync(
            $"SELECT {Columns} FROM provider_objects WHERE kind = @kind AND ended_at IS NULL "
                + "AND (created_at, tenant, id) > (@created, @tenant, @id) ORDER BY created_at, tenant, id LIMIT @most",
            new
            {
                kind = ObjectKinds.Batch,
                created = after?.CreatedAt.ToUnixTimeMilliseconds() ?? -1,
                tenant = after?.Tenant ?? "",
                id = after?.Id ?? "",
                most = (long)most,
            },
            cancellationToken
        );

    public Task EndAsync(
        DbTransaction transaction,
        OwnedObject batch,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) =>
        transaction.ExecuteAsync(
            "UPDATE provider_objects SET ended_at = @at WHERE tenant = @Tenant AND kind = @Kind AND id = @Id",
            new
            {
                at = at.ToUnixTimeMilliseconds(),
                batch.Tenant,
                batch.Kind,
                batch.Id,
            },
            cancellationToken
        );

    public Task RemoveAsync(OwnedObject owned, CancellationToken cancellationToken) =>
        ExecuteAsync(
            "DELETE FROM provider_objects WHERE tenant = @Tenant AND kind = @Kind AND id = @Id",
            new
            {
                owned.Tenant,
                owned.Kind,
                owned.Id,
            },
            cancellationToken
        );

    private Task<int> ExecuteAsync(string sql, object values, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => transaction.ExecuteAsync(sql, values, cancellationToken), cancellationToken);

    private Task<IReadOnlyList<OwnedObject>> QueryAsync(
        string sql,
        object values,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync(
            async connection =>
            {
                IEnumerable<Row> rows = await connection.QueryAsync<Row>(
                    new CommandDefinition(sql, values, cancellationToken: cancellationToken)
                );
                return (IReadOnlyList<OwnedObject>)
                    [
                        .. rows.Select(row => new OwnedObject(
                            row.Tenant,
                            row.Kind,
                            row.Id,
                            row.Provider,
                            row.KeyId,
                            DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt)
                        )
                        {
                            Masks = row.Masks,
                        }),
                    ];
            },
            cancellationToken
        );

    private sealed record Row(
        string Tenant,
        string Kind,
        string Id,
        string Provider,
        string KeyId,
        long CreatedAt,
        string? Masks
    );
}
