using Dapper;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Infrastructure.Database.Records;
using GroqKit.Gateway.Services.Sync;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Infrastructure.Sync;

/// <summary>Fallbacks from the accounts of calls.</summary>
internal sealed class FallbackStatistics(IDatabase database) : IFallbackStatistics
{
    private const string Count = """
        SELECT fallback, COUNT(*) FROM usage WHERE tenant = @tenant AND started_at >= @from AND outcome <> @refused
        GROUP BY fallback ORDER BY COUNT(*) DESC
        """;

    public Task<IReadOnlyDictionary<string, FallbackEvent>> SinceAsync(
        DateTimeOffset from,
        IEnumerable<string> tenants,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync<IReadOnlyDictionary<string, FallbackEvent>>(
            async connection =>
            {
                var found = new Dictionary<string, FallbackEvent>(StringComparer.Ordinal);
                foreach (string tenant in tenants)
                {
                    (string? Fallback, long Calls)[] rows =
                    [
                        .. await connection.QueryAsync<(string?, long)>(
                            new CommandDefinition(
                                Count,
                                new
                                {
                                    tenant,
                                    from = Stored.Time(from),
                                    refused = (long)Outcome.Refused,
                                },
                                cancellationToken: cancellationToken
                            )
                        ),
                    ];
                    found[tenant] = new FallbackEvent(
                        rows.Sum(row => row.Calls),
                        rows.Where(row => row.Fallback is not null).Sum(row => row.Calls),
                        Array.Find(rows, row => row.Fallback is not null).Fallback
                    );
                }
                return found;
            },
            cancellationToken
        );
}
