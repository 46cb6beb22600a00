using System.Text.Json;
using Dapper;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Infrastructure.Database.Records;

/// <summary>Callers' keys in <c>api_keys</c>.</summary>
internal sealed class KeyTable(IDatabase database)
    : RecordTable<CallerKey, KeyRow>(database, "api_keys", "id"),
        IFirstKey
{
    private readonly IDatabase _database = database;

    public Task<bool> AddIfNoneAsync(CallerKey key, Change change, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            async transaction =>
            {
                // Makes nodes that start at once wait for each other.
                await Changes.LockAsync(transaction, cancellationToken);
                long keys = await transaction.Connection!.ExecuteScalarAsync<long>(
                    new CommandDefinition(
                        "SELECT COUNT(*) FROM api_keys",
                        transaction: transaction,
                        cancellationToken: cancellationToken
                    )
                );
                if (keys > 0)
                    return false;
                await Changes.RecordAsync(transaction, change, cancellationToken);
                return await InsertAsync(transaction, key, cancellationToken);
            },
            cancellationToken
        );

    protected override KeyRow ToRow(CallerKey record) =>
        new()
        {
            Id = record.Id,
            Tenant = record.Tenant,
            Name = record.Name,
            Role = Permissions.NameOf(record.Role),
            Scopes = JsonSerializer.Serialize(
                Permissions.NamesOf(record.Scopes),
                RecordJson.Default.IReadOnlyListString
            ),
            Limits = JsonSerializer.Serialize(record.Limits, RecordJson.Default.LimitPolicy),
            UserLimits = JsonSerializer.Serialize(record.UserLimits, RecordJson.Default.LimitPolicy),
            Secrets = JsonSerializer.Serialize(
                [.. record.Secrets.Select(StoredSecret.From)],
                RecordJson.Default.IReadOnlyListStoredSecret
            ),
            CreatedAt = Stored.Time(record.CreatedAt),
            ExpiresAt = Stored.Time(record.ExpiresAt),
            RevokedAt = Stored.Time(record.RevokedAt),
            Version = record.Version,
        };

    protected override CallerKey FromRow(KeyRow row) =>
        new()
        {
            Id = row.Id,
            Tenant = row.Tenant,
            Name = row.Name,
            // What a newer gateway wrote and this one doesn't know grants nothing.
            Role = Permissions.Role(row.Role) ?? CallerRole.Caller,
            Scopes = ReadScopes(row.Scopes),
            Limits = JsonSerializer.Deserialize(row.Limits, RecordJson.Default.LimitPolicy)!,
            UserLimits = JsonSerializer.Deserialize(row.UserLimits, RecordJson.Default.LimitPolicy)!,
            Secrets =
            [
                .. JsonSerializer
                    .Deserialize(row.Secrets, RecordJson.Default.IReadOnlyListStoredSecret)!
                    .Select(secret => secret.ToSecret()),
            ],
            CreatedAt = Stored.Time(row.CreatedAt),
            ExpiresAt = Stored.Time(row.ExpiresAt),
            RevokedAt = Stored.Time(row.RevokedAt),
            Version = row.Version,
        };

    private static Scopes ReadScopes(string json) =>
        JsonSerializer
            .Deserialize(json, RecordJson.Default.IReadOnlyListString)!
            .Aggregate(Scopes.None, (all, name) => all | (Permissions.Scope(name) ?? Scopes.Unknown));
}
