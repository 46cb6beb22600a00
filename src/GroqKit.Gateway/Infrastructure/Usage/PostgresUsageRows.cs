using System.Data.Common;
using GroqKit.Gateway.Services.Usage;
using Npgsql;
using NpgsqlTypes;

namespace GroqKit.Gateway.Infrastructure.Usage;

/// <summary>All rows in one statement: an array for each column, one way to the server and back.</summary>
internal sealed class PostgresUsageRows : IUsageRows
{
    private static readonly string InsertRows =
        $"INSERT INTO usage ({UsageColumn.Names}) SELECT * FROM unnest({Places(UsageColumn.All.Count)}) ON CONFLICT DO NOTHING RETURNING request_id";

    private static readonly string AddSums =
        $"INSERT INTO usage_hourly ({HourlySums.Columns}) SELECT * FROM unnest({Places(HourlySums.Names.Count + HourlySums.Sums.Count)}) {HourlySums.AddToOld}";

    public async Task<IReadOnlyList<UsageRecord>> InsertAsync(
        DbTransaction transaction,
        IReadOnlyList<UsageRecord> records,
        CancellationToken cancellationToken
    )
    {
        await using NpgsqlCommand command = Prepare(transaction, InsertRows);
        foreach (UsageColumn column in UsageColumn.All)
        {
            if (column.TextOf is { } text)
                Add(command, records, record => text(in record));
            else
                Add(command, records, record => column.NumberOf!(in record));
        }
        var ids = new HashSet<string>(records.Count, StringComparer.Ordinal);
        await using NpgsqlDataReader rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            ids.Add(rows.GetString(0));
        // Of two equal ids the first is the one that was stored.
        return ids.Count == records.Count ? records : [.. records.Where(record => ids.Remove(record.RequestId))];
    }

    public async Task AddAsync(
        DbTransaction transaction,
        IReadOnlyList<HourlyRow> rows,
        CancellationToken cancellationToken
    )
    {
        await using NpgsqlCommand command = Prepare(transaction, AddSums);
        Add(command, rows, row => row.Name.Tenant);
        Add(command, rows, row => row.Name.Hour);
        Add(command, rows, row => row.Name.KeyId);
        Add(command, rows, row => row.Name.Agent);
        Add(command, rows, row => row.Name.Provider);
        Add(command, rows, row => row.Name.Model);
        Add(command, rows, row => row.Name.Service);
        for (int i = 0; i < HourlySums.Sums.Count; i++)
        {
            int sum = i;
            Add(command, rows, row => row.Sums[sum]);
        }
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlCommand Prepare(DbTransaction transaction, string sql) =>
        new(sql, (NpgsqlConnection)transaction.Connection!, (NpgsqlTransaction)transaction);

    private static void Add<T>(NpgsqlCommand command, IReadOnlyList<T> rows, Func<T, string?> value) =>
        Add(command, NpgsqlDbType.Text, rows, value);

    private static void Add<T>(NpgsqlCommand command, IReadOnlyList<T> rows, Func<T, long?> value) =>
        Add(command, NpgsqlDbType.Bigint, rows, value);

    private static void Add<T, TValue>(
        NpgsqlCommand command,
        NpgsqlDbType type,
        IReadOnlyList<T> rows,
        Func<T, TValue> value
    )
    {
        var values = new TValue[rows.Count];
        for (int i = 0; i < values.Length; i++)
            values[i] = value(rows[i]);
        command.Parameters.Add(
            new NpgsqlParameter<TValue[]> { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = values }
        );
    }

    private static string Places(int count) => string.Join(", ", Enumerable.Range(1, count).Select(i => $"${i}"));
}
