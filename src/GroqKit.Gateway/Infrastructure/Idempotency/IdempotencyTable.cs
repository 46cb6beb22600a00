using System.Data.Common;
using System.Text.Json;
using Dapper;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Infrastructure.Privacy;
using GroqKit.Gateway.Services.Idempotency;
using GroqKit.Gateway.Services.Secrets;

namespace GroqKit.Gateway.Infrastructure.Idempotency;

/// <summary>Requests that happen once, in <c>idempotency</c>. Nodes share PostgreSQL's clock, since their own may differ.</summary>
internal sealed class IdempotencyTable(IDatabase database, ISecretProtector protector, TimeProvider time)
    : IIdempotencyStore
{
    private const string This = "tenant = @Tenant AND key_id = @KeyId AND route = @Route AND idempotency_key = @Key";

    private readonly string _insert = $"""
        INSERT INTO idempotency (tenant, key_id, route, idempotency_key, token, lease_until, expires_at)
        VALUES (@Tenant, @KeyId, @Route, @Key, @Token, {Now(database)} + @lease, {Now(database)} + @kept)
        ON CONFLICT (tenant, key_id, route, idempotency_key) DO UPDATE
        SET token = @Token, lease_until = {Now(database)} + @lease, expires_at = {Now(database)} + @kept,
            fingerprint = NULL, answer = NULL, end_user = NULL
        WHERE idempotency.expires_at <= {Now(database)}
            OR (idempotency.fingerprint IS NULL AND idempotency.lease_until <= {Now(database)})
        """;

    private readonly string _renew =
        $"UPDATE idempotency SET lease_until = {Now(database)} + @lease WHERE {This} AND token = @Token";

    private readonly string _complete = $"""
        UPDATE idempotency SET fingerprint = @fingerprint, answer = @answer, end_user = @endUser,
            expires_at = {Now(database)} + @kept
        WHERE {This} AND token = @Token
        """;

    public bool IsAvailable => protector.IsAvailable;

    public async Task<ClaimResult> ClaimAsync(IdempotencyClaim claim, CancellationToken cancellationToken)
    {
        Row? row = await database.WriteAsync(
            async transaction =>
                await ExecuteAsync(transaction, _insert, claim, cancellationToken) == 1
                    ? null
                    : await transaction.Connection!.QuerySingleOrDefaultAsync<Row>(
                        new CommandDefinition(
                            $"SELECT fingerprint AS \"Fingerprint\", answer AS \"Answer\" FROM idempotency WHERE {This}",
                            claim,
                            transaction,
                            cancellationToken: cancellationToken
                        )
                    ) ?? new Row(),
            cancellationToken
        );
        return row switch
        {
            null => new ClaimResult(ClaimState.Ours),
            { Fingerprint: null } => new ClaimResult(ClaimState.Running),
            _ => new ClaimResult(ClaimState.Done, row.Fingerprint, Open(claim, row.Answer)),
        };
    }

    public Task RenewAsync(IdempotencyClaim claim, CancellationToken cancellationToken) =>
        WriteAsync(_renew, claim, cancellationToken);

    public Task CompleteAsync(
        IdempotencyClaim claim,
        string fingerprint,
        StoredAnswer? answer,
        string? endUser,
        DateTimeOffset began,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync(
            async transaction =>
            {
                int kept = await CompleteAsync(transaction, claim, fingerprint, answer, endUser, cancellationToken);
                bool isErased =
                    endUser is not null
                    && await ErasedPeople.HoldAsync(transaction, claim.Tenant, endUser, began, cancellationToken);
                return isErased
                    ? await CompleteAsync(transaction, claim, fingerprint, null, null, cancellationToken)
                    : kept;
            },
            cancellationToken
        );

    public Task ReleaseAsync(IdempotencyClaim claim, CancellationToken cancellationToken) =>
        WriteAsync($"DELETE FROM idempotency WHERE {This} AND token = @Token", claim, cancellationToken);

    private Task<int> CompleteAsync(
        DbTransaction transaction,
        IdempotencyClaim claim,
        string fingerprint,
        StoredAnswer? answer,
        string? endUser,
        CancellationToken cancellationToken
    )
    {
        var more = new DynamicParameters(
            new
            {
                fingerprint,
                answer = Seal(claim, answer),
                endUser,
            }
        );
        return ExecuteAsync(transaction, _complete, claim, cancellationToken, more);
    }

    private static string Now(IDatabase database) =>
        database.Dialect == Dialect.Postgres ? "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)" : "@now";

    private Task<int> WriteAsync(string sql, IdempotencyClaim claim, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => ExecuteAsync(transaction, sql, claim, cancellationToken), cancellationToken);

    private Task<int> ExecuteAsync(
        DbTransaction transaction,
        string sql,
        IdempotencyClaim claim,
        CancellationToken cancellationToken,
        DynamicParameters? more = null
    )
    {
        DynamicParameters values = more ?? new DynamicParameters();
        values.AddDynamicParams(claim);
        values.AddDynamicParams(
            new
            {
                now = time.GetUtcNow().ToUnixTimeMilliseconds(),
                lease = (long)IIdempotencyStore.Lease.TotalMilliseconds,
                kept = (long)IIdempotencyStore.Kept.TotalMilliseconds,
            }
        );
        return transaction.ExecuteAsync(sql, values, cancellationToken);
    }

    private string? Seal(IdempotencyClaim claim, StoredAnswer? answer) =>
        answer is null
            ? null
            : protector.Protect(PlaceOf(claim), JsonSerializer.Serialize(answer, IdempotencyJson.Default.StoredAnswer));

    private StoredAnswer? Open(IdempotencyClaim claim, string? stored) =>
        stored is null
            ? null
            : JsonSerializer.Deserialize(
                protector.Unprotect(PlaceOf(claim), stored),
                IdempotencyJson.Default.StoredAnswer
            );

    private static string PlaceOf(IdempotencyClaim claim) =>
        $"{claim.Tenant}/answers/{claim.KeyId}/{claim.Route}/{claim.Key}";

    private sealed class Row
    {
        public string? Fingerprint { get; init; }

        public string? Answer { get; init; }
    }
}
