using System.Data.Common;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Infrastructure.Usage;

/// <summary>Row by row over one prepared statement: inside one process a step per row is the quickest there is.</summary>
internal sealed class SqliteUsageRows : IUsageRows
{
    private static readonly string InsertRow =
        $"INSERT INTO usage ({UsageColumn.Names}) VALUES ({Places(UsageColumn.All.Count)}) ON CONFLICT DO NOTHING";

    private static readonly string AddSums =
        $"INSERT INTO usage_hourly ({HourlySums.Columns}) VALUES ({Places(HourlySums.Names.Count + HourlySums.Sums.Count)}) {HourlySums.AddToOld}";

    public Task<IReadOnlyList<UsageRecord>> InsertAsync(
        DbTransaction transaction,
        IReadOnlyList<UsageRecord> records,
        CancellationToken cancellationToken
    )
    {
        using var statement = new SqliteStatement(transaction, InsertRow);
        var inserted = new bool[records.Count];
        for (int i = 0; i < inserted.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            UsageRecord record = records[i];
            foreach (UsageColumn column in UsageColumn.All)
            {
                if (column.TextOf is { } text)
                    statement.Bind(text(in record));
                else
                    statement.Bind(column.NumberOf!(in record));
            }
            inserted[i] = statement.Run() > 0;
        }
        return Task.FromResult(
            Array.TrueForAll(inserted, isNew => isNew) ? records : [.. records.Where((_, i) => inserted[i])]
        );
    }

    public Task AddAsync(DbTransaction transaction, IReadOnlyList<HourlyRow> rows, CancellationToken cancellationToken)
    {
        using var statement = new SqliteStatement(transaction, AddSums);
        foreach (HourlyRow row in rows)
        {
            statement.Bind(row.Name.Tenant);
            statement.Bind(row.Name.Hour);
            statement.Bind(row.Name.KeyId);
            statement.Bind(row.Name.Agent);
            statement.Bind(row.Name.Provider);
            statement.Bind(row.Name.Model);
            statement.Bind(row.Name.Service);
            foreach (long sum in row.Sums)
                statement.Bind(sum);
            statement.Run();
        }
        return Task.CompletedTask;
    }

    private static string Places(int count) => string.Join(", ", Enumerable.Repeat("?", count));
}
