using System.Data.Common;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Services.Usage;
using Npgsql;
using NpgsqlTypes;

namespace GroqKit.Gateway.Infrastructure.Usage;

/// <summary>Accounts in the database: rows that are never changed, and their sums by the hour, in one transaction.</summary>
internal sealed class UsageTable(IDatabase database) : IUsageStore
{
    private static readonly string InsertRow =
        $"INSERT INTO usage ({UsageColumn.Names}) VALUES ({string.Join(", ", UsageColumn.All.Select(column => "@" + column.Name))}) ON CONFLICT DO NOTHING";

    private static readonly string InsertArrays =
        $"INSERT INTO usage ({UsageColumn.Names}) SELECT * FROM unnest({string.Join(", ", UsageColumn.All.Select(column => "@" + column.Name))}) ON CONFLICT DO NOTHING RETURNING request_id";

    public Task SaveAsync(IReadOnlyList<UsageRecord> records, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => SaveAsync(transaction, records, cancellationToken), cancellationToken);

    private async Task<int> SaveAsync(
        DbTransaction transaction,
        IReadOnlyList<UsageRecord> records,
        CancellationToken cancellationToken
    )
    {
        HashSet<string> added =
            database.Dialect == Dialect.Postgres
                ? await InsertAtOnceAsync(transaction, records, cancellationToken)
                : await InsertOneByOneAsync(transaction, records, cancellationToken);
        // Of a batch that comes twice only what is new may count; the first of two equal ids is the one that was stored.
        IEnumerable<UsageRecord> fresh = records
            .Where(record => added.Contains(record.RequestId))
            .DistinctBy(record => record.RequestId);
        await AddSumsAsync(transaction, fresh, cancellationToken);
        return added.Count;
    }

    private static async Task<HashSet<string>> InsertOneByOneAsync(
        DbTransaction transaction,
        IReadOnlyList<UsageRecord> records,
        CancellationToken cancellationToken
    )
    {
        await using DbCommand command = Prepare(transaction, InsertRow);
        foreach (UsageColumn column in UsageColumn.All)
            Add(command, column.Name);
        var added = new HashSet<string>(StringComparer.Ordinal);
        foreach (UsageRecord record in records)
        {
            for (int i = 0; i < UsageColumn.All.Count; i++)
                command.Parameters[i].Value = UsageColumn.All[i].Value(record) ?? DBNull.Value;
            if (await command.ExecuteNonQueryAsync(cancellationToken) > 0)
                added.Add(record.RequestId);
        }
        return added;
    }

    private static async Task<HashSet<string>> InsertAtOnceAsync(
        DbTransaction transaction,
        IReadOnlyList<UsageRecord> records,
        CancellationToken cancellationToken
    )
    {
        await using DbCommand command = Prepare(transaction, InsertArrays);
        foreach (UsageColumn column in UsageColumn.All)
            command.Parameters.Add(
                new NpgsqlParameter(
                    column.Name,
                    NpgsqlDbType.Array | (column.IsText ? NpgsqlDbType.Text : NpgsqlDbType.Bigint)
                )
                {
                    Value = column.IsText
                        ? records.Select(record => (string?)column.Value(record)).ToArray()
                        : records.Select(record => (long?)column.Value(record)).ToArray(),
                }
            );
        var added = new HashSet<string>(StringComparer.Ordinal);
        await using DbDataReader rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            added.Add(rows.GetString(0));
        return added;
    }

    private static async Task AddSumsAsync(
        DbTransaction transaction,
        IEnumerable<UsageRecord> records,
        CancellationToken cancellationToken
    )
    {
        await using DbCommand command = Prepare(transaction, HourlySums.Upsert);
        foreach (IReadOnlyDictionary<string, object> row in HourlySums.Of(records))
        {
            command.Parameters.Clear();
            foreach ((string name, object value) in row)
                Add(command, name).Value = value;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static DbCommand Prepare(DbTransaction transaction, string sql)
    {
        DbCommand command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        return command;
    }

    private static DbParameter Add(DbCommand command, string name)
    {
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = name;
        command.Parameters.Add(parameter);
        return parameter;
    }
}
