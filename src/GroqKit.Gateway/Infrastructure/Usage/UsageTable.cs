using System.Data.Common;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Infrastructure.Privacy;
using GroqKit.Gateway.Services.Privacy;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Infrastructure.Usage;

/// <summary>Accounts in the database: rows that are never changed, and their sums by the hour, in one transaction.</summary>
internal sealed class UsageTable(IDatabase database) : IUsageStore
{
    private const string Forget = "UPDATE usage SET end_user = NULL, conversation = NULL WHERE request_id = @id";

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
        {
            await _rows.AddAsync(transaction, HourlySums.Of(added), cancellationToken);
            await ForgetErasedAsync(transaction, added, cancellationToken);
        }
        return added.Count;
    }

    // Accounts may come long after their calls, from a node that was away while somebody was erased.
    private static async Task ForgetErasedAsync(
        DbTransaction transaction,
        IReadOnlyList<UsageRecord> added,
        CancellationToken cancellationToken
    )
    {
        UsageRecord[] named = [.. added.Where(record => record.EndUser is not null)];
        if (named.Length == 0)
            return;
        DateTimeOffset oldest = named.Min(record => record.StartedAt) - Erasure.Slack;
        IReadOnlyList<Erasure> erased = await ErasedPeople.SinceAsync(
            transaction.Connection!,
            transaction,
            oldest,
            cancellationToken
        );
        if (erased.Count == 0)
            return;
        Dictionary<string, Erasure> people = erased.ToDictionary(one => one.Person, StringComparer.Ordinal);
        var theirs = named
            .Where(record =>
                people.TryGetValue(Erasure.NameOf(record.Tenant, record.EndUser!), out Erasure one)
                && one.Covers(record.StartedAt)
            )
            .Select(record => new { id = record.RequestId })
            .ToArray();
        await transaction.ExecuteAsync(Forget, theirs, cancellationToken);
    }
}
