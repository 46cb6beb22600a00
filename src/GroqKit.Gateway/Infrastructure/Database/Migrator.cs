using System.Data.Common;
using Dapper;

namespace GroqKit.Gateway.Infrastructure.Database;

/// <summary>
/// Brings the schema up to date. All missing steps are one transaction under one lock, so any number of nodes can start at once: one
/// does the work, the others wait for it and find nothing to do, and a crash leaves the old schema.
/// </summary>
internal sealed class Migrator(IDatabase database, IReadOnlyList<Migration> steps, TimeProvider time)
{
    // "groqkit" in ASCII; any number that nobody else in the database uses would do.
    private const long LockKey = 0x67726F716B6974;

    private const string Table = """
        CREATE TABLE IF NOT EXISTS schema_version (
            number BIGINT PRIMARY KEY,
            name TEXT NOT NULL,
            checksum TEXT NOT NULL,
            applied_at BIGINT NOT NULL
        )
        """;

    /// <returns>How many steps were applied.</returns>
    /// <exception cref="DatabaseException">The database can't be reached, refuses, or was made by another program.</exception>
    public Task<int> RunAsync(CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => RunAsync(transaction, cancellationToken), cancellationToken);

    private async Task<int> RunAsync(DbTransaction transaction, CancellationToken cancellationToken)
    {
        DbConnection connection = transaction.Connection!;
        // SQLite's transaction is the lock already.
        if (database.Dialect == Dialect.Postgres)
            await connection.ExecuteAsync(Command("SELECT pg_advisory_xact_lock(@LockKey)", new { LockKey }));
        await connection.ExecuteAsync(Command(Table));
        IEnumerable<(long Number, string Checksum)> rows = await connection.QueryAsync<(long, string)>(
            Command("SELECT number, checksum FROM schema_version")
        );
        Dictionary<long, string> applied = rows.ToDictionary(row => row.Number, row => row.Checksum);
        Check(applied);
        Migration[] missing = [.. steps.Where(step => !applied.ContainsKey(step.Number))];
        foreach (Migration step in missing)
        {
            await connection.ExecuteAsync(Command(step.For(database.Dialect)));
            await connection.ExecuteAsync(
                Command(
                    "INSERT INTO schema_version (number, name, checksum, applied_at) VALUES (@Number, @Name, @Checksum, @At)",
                    new
                    {
                        Number = (long)step.Number,
                        step.Name,
                        step.Checksum,
                        At = time.GetUtcNow().ToUnixTimeMilliseconds(),
                    }
                )
            );
        }
        return missing.Length;

        CommandDefinition Command(string sql, object? values = null) =>
            new(sql, values, transaction, cancellationToken: cancellationToken);
    }

    private void Check(Dictionary<long, string> applied)
    {
        Dictionary<long, Migration> known = steps.ToDictionary(step => (long)step.Number);
        foreach ((long number, string checksum) in applied)
        {
            if (!known.TryGetValue(number, out Migration? step))
                throw new DatabaseException(
                    $"The database {database.Location} has schema step {number}, which this gateway doesn't know: it was made by a newer one."
                );
            if (step.Checksum != checksum)
                throw new DatabaseException(
                    $"The database {database.Location} has another schema step {number} than this gateway ({step.Name})."
                );
        }
    }
}
