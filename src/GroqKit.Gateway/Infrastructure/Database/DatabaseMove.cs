using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace GroqKit.Gateway.Infrastructure.Database;

/// <summary>
/// Copies everything from one database into an empty other, as a gateway does that outgrows its file. One transaction on either side:
/// nobody writes to the source meanwhile, and a failure leaves the target empty.
/// </summary>
internal sealed partial class DatabaseMove(IDatabase from, IDatabase to, TimeProvider time)
{
    // Holds one row from the first step on.
    private const string Counter = "configuration_state";

    private static readonly string[] Tables =
    [
        .. Migration.All.SelectMany(step => TableNames().Matches(step.Sql)).Select(match => match.Groups["name"].Value),
    ];

    /// <returns>The tables, with how many rows each has now.</returns>
    /// <exception cref="DatabaseException">A database can't be reached or refuses, or the target isn't empty.</exception>
    public async Task<IReadOnlyList<(string Table, long Rows)>> RunAsync(CancellationToken cancellationToken)
    {
        await new Migrator(from, Migration.All, time).RunAsync(cancellationToken);
        await new Migrator(to, Migration.All, time).RunAsync(cancellationToken);
        return await from.WriteAsync(
            source => to.WriteAsync(target => CopyAsync(source, target, cancellationToken), cancellationToken),
            cancellationToken
        );
    }

    private async Task<IReadOnlyList<(string Table, long Rows)>> CopyAsync(
        DbTransaction source,
        DbTransaction target,
        CancellationToken cancellationToken
    )
    {
        foreach (string table in Tables.Where(table => table != Counter))
        {
            if (await CountAsync(target, table, cancellationToken) > 0)
                throw new DatabaseException($"The database {to.Location} is not empty: {table} has rows.");
        }
        await ExecuteAsync(target, $"DELETE FROM {Counter}", cancellationToken);
        var copied = new List<(string, long)>();
        foreach (string table in Tables)
        {
            long rows = await CopyTableAsync(table, source, target, cancellationToken);
            copied.Add((table, rows));
        }
        if (to.Dialect == Dialect.Postgres)
            await ContinueNumbersAsync(target, cancellationToken);
        return copied;
    }

    private async Task<long> CopyTableAsync(
        string table,
        DbTransaction source,
        DbTransaction target,
        CancellationToken cancellationToken
    )
    {
        await using DbCommand select = Command(source, $"SELECT * FROM {table}");
        await using DbDataReader reader = await select.ExecuteReaderAsync(cancellationToken);
        string[] columns = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
        string numbers = to.Dialect == Dialect.Postgres ? "OVERRIDING SYSTEM VALUE" : "";
        string values = string.Join(", ", columns.Select((_, i) => $"@p{i}"));
        await using DbCommand insert = Command(
            target,
            $"INSERT INTO {table} ({string.Join(", ", columns)}) {numbers} VALUES ({values})"
        );
        long rows = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            insert.Parameters.Clear();
            for (int i = 0; i < columns.Length; i++)
                insert.Parameters.Add(Parameter(insert, $"p{i}", reader.GetValue(i)));
            rows += await insert.ExecuteNonQueryAsync(cancellationToken);
        }
        return rows;
    }

    private DbParameter Parameter(DbCommand command, string name, object value)
    {
        // As text, the server reads it as whatever its column is; SQLite doesn't tell a number from a time.
        if (to.Dialect == Dialect.Postgres && value is not byte[])
            return new NpgsqlParameter(name, NpgsqlDbType.Unknown)
            {
                Value = value is DBNull ? value : Convert.ToString(value, CultureInfo.InvariantCulture),
            };
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        return parameter;
    }

    // Rows came with their numbers; the next one must not be one of them.
    private static async Task ContinueNumbersAsync(DbTransaction target, CancellationToken cancellationToken)
    {
        const string Numbered = """
            SELECT table_name, column_name FROM information_schema.columns
            WHERE table_schema = current_schema() AND is_identity = 'YES'
            """;
        IEnumerable<(string Table, string Column)> columns = await target.Connection!.QueryAsync<(string, string)>(
            new CommandDefinition(Numbered, transaction: target, cancellationToken: cancellationToken)
        );
        foreach ((string table, string column) in columns.ToArray())
        {
            await ExecuteAsync(
                target,
                $"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), COALESCE(MAX({column}), 0) + 1, false) FROM {table}",
                cancellationToken
            );
        }
    }

    private static DbCommand Command(DbTransaction transaction, string sql)
    {
        DbCommand command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        // Names of our own tables and columns only.
        command.CommandText = sql;
        return command;
    }

    private static Task<long> CountAsync(
        DbTransaction transaction,
        string table,
        CancellationToken cancellationToken
    ) =>
        transaction.Connection!.ExecuteScalarAsync<long>(
            new CommandDefinition(
                $"SELECT COUNT(*) FROM {table}",
                transaction: transaction,
                cancellationToken: cancellationToken
            )
        );

    private static Task<int> ExecuteAsync(DbTransaction transaction, string sql, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(sql, null, cancellationToken);

    [GeneratedRegex(@"CREATE TABLE (?<name>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TableNames();
}
