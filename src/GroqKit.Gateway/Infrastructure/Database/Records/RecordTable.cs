using System.Data.Common;
using System.Reflection;
using System.Text.Json;
using Dapper;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Infrastructure.Database.Records;

/// <summary>
/// Records of one kind in a table. The columns are the row type's properties in snake case; every row has tenant, key and version.
/// </summary>
internal abstract class RecordTable<TRecord, TRow>(IDatabase database, string table, string keyColumn)
    : IRecordStore<TRecord>
    where TRecord : class, IRecord
    where TRow : class
{
    private static readonly (string Column, string Property)[] Columns =
    [
        .. typeof(TRow)
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => (JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name), property.Name)),
    ];

    private readonly string _select =
        $"SELECT {string.Join(", ", Columns.Select(c => $"{c.Column} AS \"{c.Property}\""))} FROM {table}";

    private readonly string _insert =
        $"INSERT INTO {table} ({string.Join(", ", Columns.Select(c => c.Column))}) "
        + $"VALUES ({string.Join(", ", Columns.Select(c => "@" + c.Property))}) ON CONFLICT DO NOTHING";

    private readonly string _update =
        $"UPDATE {table} SET {string.Join(", ", Columns.Select(c => $"{c.Column} = @{c.Property}"))} "
        + $"WHERE tenant = @Tenant AND {keyColumn} = @Key AND version = @Before";

    private readonly string _delete =
        $"DELETE FROM {table} WHERE tenant = @Tenant AND {keyColumn} = @Key AND version = @Before";

    public async Task<IReadOnlyList<TRecord>> ListAsync(
        string tenant,
        string? after,
        int count,
        CancellationToken cancellationToken
    )
    {
        string sql =
            $"{_select} WHERE tenant = @tenant {(after is null ? "" : $"AND {keyColumn} > @after")} ORDER BY {keyColumn} LIMIT @count";
        return await QueryAsync(
            sql,
            new
            {
                tenant,
                after,
                count = (long)count,
            },
            cancellationToken
        );
    }

    public async Task<TRecord?> FindAsync(string tenant, string key, CancellationToken cancellationToken)
    {
        string sql = $"{_select} WHERE tenant = @tenant AND {keyColumn} = @key";
        return await QueryAsync(sql, new { tenant, key }, cancellationToken) is [var found] ? found : null;
    }

    public Task<bool> AddAsync(TRecord record, Change change, CancellationToken cancellationToken) =>
        WriteAsync(_insert, new DynamicParameters(ToRow(record)), change, cancellationToken);

    public Task<bool> ReplaceAsync(TRecord record, Change change, CancellationToken cancellationToken)
    {
        var values = new DynamicParameters(ToRow(record));
        values.AddDynamicParams(new { record.Key, Before = record.Version - 1 });
        return WriteAsync(_update, values, change, cancellationToken);
    }

    public Task<bool> DeleteAsync(TRecord record, Change change, CancellationToken cancellationToken) =>
        WriteAsync(
            _delete,
            new DynamicParameters(
                new
                {
                    record.Tenant,
                    record.Key,
                    Before = record.Version,
                }
            ),
            change,
            cancellationToken
        );

    /// <summary>All records of all tenants, inside the caller's transaction.</summary>
    public async Task<IReadOnlyList<TRecord>> AllAsync(DbTransaction transaction, CancellationToken cancellationToken)
    {
        IEnumerable<TRow> rows = await transaction.Connection!.QueryAsync<TRow>(
            new CommandDefinition(_select, transaction: transaction, cancellationToken: cancellationToken)
        );
        return [.. rows.Select(FromRow)];
    }

    /// <summary>Writes one record inside the caller's transaction.</summary>
    /// <returns>False when its key is taken.</returns>
    protected async Task<bool> InsertAsync(
        DbTransaction transaction,
        TRecord record,
        CancellationToken cancellationToken
    ) => await transaction.ExecuteAsync(_insert, ToRow(record), cancellationToken) == 1;

    protected abstract TRow ToRow(TRecord record);

    protected abstract TRecord FromRow(TRow row);

    private async Task<IReadOnlyList<TRecord>> QueryAsync(
        string sql,
        object values,
        CancellationToken cancellationToken
    ) =>
        await database.ReadAsync<IReadOnlyList<TRecord>>(
            async connection =>
            {
                IEnumerable<TRow> rows = await connection.QueryAsync<TRow>(
                    new CommandDefinition(sql, values, cancellationToken: cancellationToken)
                );
                return [.. rows.Select(FromRow)];
            },
            cancellationToken
        );

    private async Task<bool> WriteAsync(
        string sql,
        DynamicParameters values,
        Change change,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await database.WriteAsync(
                async transaction =>
                {
                    await Changes.RecordAsync(transaction, change, cancellationToken);
                    int rows = await transaction.ExecuteAsync(sql, values, cancellationToken);
                    return rows == 1 ? true : throw new NothingChangedException();
                },
                cancellationToken
            );
        }
        catch (NothingChangedException)
        {
            return false;
        }
    }

    // Takes back the entry in the log together with the rest of the transaction.
    private sealed class NothingChangedException : Exception;
}
