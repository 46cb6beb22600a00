using System.Data.Common;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Infrastructure.Usage;

/// <summary>Accounts in the database: rows that are never changed, and their sums by the hour, in one transaction.</summary>
internal sealed class UsageTable(IDatabase database) : IUsageStore
{
    private readonly IUsageRows _rows =
        database.Dialect == Dialect.Postgres ? new PostgresUsageRows() : new SqliteUsageRows();

    public Task SaveAsync(IReadOnlyList<UsageRecord> records, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => SaveAsync(transaction, records, cancellationToken), cancellationToken);

    private async Task<int> SaveAsync(
        DbTransaction transaction,
        IReadOnlyList<UsageRecord> records,
        CancellationToken cancellationToken
    )
    {
        // Of a batch that comes twice only what is new may count.
        IReadOnlyList<UsageRecord> added = await _rows.InsertAsync(transaction, records, cancellationToken);
        if (added.Count > 0)
            await _rows.AddAsync(transaction, HourlySums.Of(added), cancellationToken);
        return added.Count;
    }
}
