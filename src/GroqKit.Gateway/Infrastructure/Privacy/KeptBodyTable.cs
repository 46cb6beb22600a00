using Dapper;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Infrastructure.Database.Records;
using GroqKit.Gateway.Services.Jobs;
using GroqKit.Gateway.Services.Privacy;
using GroqKit.Gateway.Services.Secrets;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Infrastructure.Privacy;

/// <summary>Bodies in <c>kept_bodies</c>, each under a key of its own.</summary>
internal sealed partial class KeptBodyTable(
    IDatabase database,
    ISecretProtector protector,
    ILogger<KeptBodyTable> logger
) : IKeptBodies
{
    private const string Insert = """
        INSERT INTO kept_bodies (request_id, tenant, agent, end_user, at, expires_at, request, answer)
        VALUES (@RequestId, @Tenant, @Agent, @EndUser, @at, @expires, @request, @answer) ON CONFLICT DO NOTHING
        """;

    private const string SelectSome = """
        SELECT request_id AS "RequestId", tenant AS "Tenant", request AS "Request", answer AS "Answer" FROM kept_bodies
        WHERE tenant = @tenant AND request_id IN @ids
        """;

    private const string Delete = "DELETE FROM kept_bodies WHERE request_id = @RequestId";

    private const int PageSize = 100;

    private const string SelectPage = """
        SELECT request_id AS "RequestId", tenant AS "Tenant", request AS "Request", answer AS "Answer" FROM kept_bodies
        WHERE request_id > @after ORDER BY request_id LIMIT @count
        """;

    private const string Update =
        "UPDATE kept_bodies SET request = @request, answer = @answer WHERE request_id = @RequestId";

    /// <summary>Where a body belongs, for its protection.</summary>
    public static string PlaceOf(string tenant, string requestId) => $"{tenant}/bodies/{requestId}";

    public async Task KeepAsync(KeptBody body, CancellationToken cancellationToken)
    {
        try
        {
            await KeepAllAsync([body], cancellationToken);
        }
        catch (Exception failure) when (failure is StorageException or SecretException)
        {
            NotKept(failure, body.RequestId);
        }
    }

    public Task KeepAllAsync(IReadOnlyList<KeptBody> bodies, CancellationToken cancellationToken)
    {
        object[] rows =
        [
            .. bodies.Select(body =>
            {
                string place = PlaceOf(body.Tenant, body.RequestId);
                return new
                {
                    body.RequestId,
                    body.Tenant,
                    body.Agent,
                    body.EndUser,
                    at = Stored.Time(body.At),
                    expires = Stored.Time(body.ExpiresAt),
                    request = protector.Protect(place, body.Request),
                    answer = protector.Protect(place, body.Answer),
                };
            }),
        ];
        return database.WriteAsync(
            async transaction =>
            {
                int kept = await transaction.ExecuteAsync(Insert, rows, cancellationToken);
                foreach (KeptBody body in bodies.Where(body => body.EndUser is not null))
                {
                    if (
                        await ErasedPeople.HoldAsync(
                            transaction,
                            body.Tenant,
                            body.EndUser!,
                            body.At,
                            cancellationToken
                        )
                    )
                        await transaction.ExecuteAsync(Delete, new { body.RequestId }, cancellationToken);
                }
                return kept;
            },
            cancellationToken
        );
    }

    public async Task<IReadOnlyDictionary<string, string>> FindAsync(
        string tenant,
        IReadOnlyCollection<string> ids,
        CancellationToken cancellationToken
    )
    {
        Row[] rows = await database.ReadAsync(
            async connection =>
                (
                    await connection.QueryAsync<Row>(
                        new CommandDefinition(SelectSome, new { tenant, ids }, cancellationToken: cancellationToken)
                    )
                ).ToArray(),
            cancellationToken
        );
        return rows.ToDictionary(
            row => row.RequestId,
            row => protector.Unprotect(PlaceOf(row.Tenant, row.RequestId), row.Request),
            StringComparer.Ordinal
        );
    }

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (await ReadAsync(after: "", count: 1, cancellationToken) is [var first])
            protector.Unprotect(PlaceOf(first.Tenant, first.RequestId), first.Request);
    }

    public async Task<int> RewrapAsync(CancellationToken cancellationToken)
    {
        int moved = 0;
        string after = "";
        while (await ReadAsync(after, PageSize, cancellationToken) is [_, ..] page)
        {
            after = page[^1].RequestId;
            foreach (Row row in page)
            {
                if (protector.IsOutdated(row.Request) || protector.IsOutdated(row.Answer))
                    moved += await RewrapAsync(row, cancellationToken);
            }
        }
        return moved;
    }

    private Task<Row[]> ReadAsync(string after, long count, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection =>
                (
                    await connection.QueryAsync<Row>(
                        new CommandDefinition(SelectPage, new { after, count }, cancellationToken: cancellationToken)
                    )
                ).ToArray(),
            cancellationToken
        );

    private Task<int> RewrapAsync(Row row, CancellationToken cancellationToken)
    {
        string place = PlaceOf(row.Tenant, row.RequestId);
        try
        {
            var values = new
            {
                row.RequestId,
                request = protector.Protect(place, protector.Unprotect(place, row.Request)),
                answer = protector.Protect(place, protector.Unprotect(place, row.Answer)),
            };
            return database.WriteAsync(
                transaction => transaction.ExecuteAsync(Update, values, cancellationToken),
                cancellationToken
            );
        }
        catch (SecretException unreadable)
        {
            throw new JobException(unreadable.Message, unreadable);
        }
    }

    private sealed record Row(string RequestId, string Tenant, string Request, string Answer);

    [LoggerMessage(140, LogLevel.Error, "{RequestId}: request and answer can't be kept")]
    private partial void NotKept(Exception failure, string requestId);
}
