using System.Data.Common;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Infrastructure.Usage;

/// <summary>How one kind of database takes many rows at the least cost.</summary>
internal interface IUsageRows
{
    /// <summary>Inserts the records whose ids aren't there.</summary>
    /// <returns>Those that were inserted.</returns>
    Task<IReadOnlyList<UsageRecord>> InsertAsync(
        DbTransaction transaction,
        IReadOnlyList<UsageRecord> records,
        CancellationToken cancellationToken
    );

    /// <summary>Adds to the sums of hours.</summary>
    Task AddAsync(DbTransaction transaction, IReadOnlyList<HourlyRow> rows, CancellationToken cancellationToken);
}
