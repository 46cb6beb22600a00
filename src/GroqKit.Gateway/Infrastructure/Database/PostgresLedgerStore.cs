using System.Data.Common;
using System.Text;
using Dapper;
using GroqKit.Gateway.Infrastructure.Guarding;
using GroqKit.Gateway.Services.Limits.Leases;
using GroqKit.Gateway.Services.Sharing;

namespace GroqKit.Gateway.Infrastructure.Database;

/// <summary>
/// Ledgers in PostgreSQL, by its clock, for nodes without Redis. Every call is one statement, so no lock is ever held by a node that
/// may stop at any moment.
/// </summary>
internal sealed class PostgresLedgerStore : ILedgerStore, IDisposable
{
    // No ledger has so short a name.
    private const string Epoch = "";

    // A call that nobody waits for any more gives its connection back after that.
    private const int TimeoutSeconds = 2;

    private const string Now = "(EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::BIGINT";

    private const string Read = $"""
        SELECT {Now} AS now,
            (SELECT state FROM limit_ledgers WHERE id = @Epoch) AS epoch,
            (SELECT state FROM limit_ledgers WHERE id = @id) AS state
        """;

    private const string Begin = $"""
        INSERT INTO limit_ledgers (id, state, expires_at)
        VALUES (@Epoch, convert_to({Now}::TEXT || @mark, 'UTF8'), 9223372036854775807)
        ON CONFLICT (id) DO NOTHING
        """;

    private const string Insert = $"""
        INSERT INTO limit_ledgers (id, state, expires_at) VALUES (@id, @value, {Now} + @lifetime)
        ON CONFLICT (id) DO NOTHING
        """;

    private const string Update = $"""
        UPDATE limit_ledgers SET state = @value, expires_at = {Now} + @lifetime WHERE id = @id AND state = @old
        """;

    private const string Trim = $"DELETE FROM limit_ledgers WHERE expires_at < {Now}";

    private readonly IDatabase _database;
    private readonly RemoteGuard _guard;

    public PostgresLedgerStore(IDatabase database, TimeProvider time, ILogger<PostgresLedgerStore> logger)
    {
        _database = database;
        _guard = new RemoteGuard(
            "PostgreSQL, where limits are shared,",
            () => RunAsync(connection => connection.ExecuteScalarAsync<long>(Command("SELECT 1"))),
            failure => failure is DatabaseException { InnerException: Npgsql.PostgresException },
            time,
            logger
        );
    }

    public bool IsReachable => !_guard.IsAway;

    public ValueTask<SharedAnswer<LedgerRead>> ReadAsync(
        string id,
        bool survivor,
        CancellationToken cancellationToken
    ) => _guard.AskAsync(() => RunAsync(connection => ReadAsync(connection, id, survivor)), cancellationToken);

    public ValueTask<SharedAnswer<bool>> ReplaceAsync(
        string id,
        byte[]? old,
        byte[] value,
        TimeSpan lifetime,
        CancellationToken cancellationToken
    ) =>
        _guard.AskAsync(
            () =>
                RunAsync(async connection =>
                    await connection.ExecuteAsync(
                        Command(
                            old is null ? Insert : Update,
                            new
                            {
                                id,
                                old,
                                value,
                                lifetime = (long)lifetime.TotalMilliseconds,
                            }
                        )
                    ) == 1
                ),
            cancellationToken
        );

    public async ValueTask TrimAsync(CancellationToken cancellationToken) =>
        await _guard.AskAsync(() => RunAsync(connection => connection.ExecuteAsync(Command(Trim))), cancellationToken);

    public void Dispose() => _guard.Dispose();

    private static async Task<LedgerRead> ReadAsync(DbConnection connection, string id, bool survivor)
    {
        while (true)
        {
            (long now, byte[]? epoch, byte[]? state) = await connection.QuerySingleAsync<(long, byte[]?, byte[]?)>(
                Command(Read, new { id, Epoch })
            );
            if (epoch is not null)
                return new LedgerRead(now, StoreEpoch.Parse(Encoding.UTF8.GetString(epoch)), state);
            await connection.ExecuteAsync(Command(Begin, new { Epoch, mark = StoreEpoch.Mark(survivor) }));
        }
    }

    private Task<T> RunAsync<T>(Func<DbConnection, Task<T>> work) => _database.ReadAsync(work, CancellationToken.None);

    private static CommandDefinition Command(string sql, object? values = null) =>
        new(sql, values, commandTimeout: TimeoutSeconds);
}
