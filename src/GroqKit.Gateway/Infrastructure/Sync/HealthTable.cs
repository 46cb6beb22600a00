using Dapper;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Infrastructure.Database.Records;
using GroqKit.Gateway.Services.Jobs;
using GroqKit.Gateway.Services.Sync;

namespace GroqKit.Gateway.Infrastructure.Sync;

/// <summary>How providers do, in <c>provider_health</c>.</summary>
internal sealed class HealthTable(IDatabase database) : IHealthStore
{
    private const string Up = "up";

    private const string Select =
        "SELECT tenant, provider, status, since, checked_at, failures, latency_us, error FROM provider_health";

    private const string Insert = """
        INSERT INTO provider_health (tenant, provider, status, since, checked_at, failures, latency_us, error)
        VALUES (@Tenant, @Provider, @Status, @Since, @CheckedAt, @Failures, @Latency, @Error)
        """;

    public Task<IReadOnlyList<ProviderHealth>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ProviderHealth>>(
            async connection =>
            {
                var rows = await connection.QueryAsync<(string, string, string, long, long, long, long, string?)>(
                    new CommandDefinition(Select, cancellationToken: cancellationToken)
                );
                return
                [
                    .. rows.Select(row => new ProviderHealth(
                        row.Item1,
                        row.Item2,
                        row.Item3 == Up,
                        Stored.Time(row.Item4),
                        Stored.Time(row.Item5),
                        (int)row.Item6,
                        row.Item7 / 1000.0,
                        row.Item8
                    )),
                ];
            },
            cancellationToken
        );

    public JobEffect Replace(IReadOnlyList<ProviderHealth> found) =>
        async (transaction, cancellationToken) =>
        {
            await transaction.ExecuteAsync("DELETE FROM provider_health", null, cancellationToken);
            foreach (ProviderHealth health in found)
                await transaction.ExecuteAsync(
                    Insert,
                    new
                    {
                        health.Tenant,
                        health.Provider,
                        Status = health.IsUp ? Up : "down",
                        Since = Stored.Time(health.Since),
                        CheckedAt = Stored.Time(health.CheckedAt),
                        Failures = (long)health.Failures,
                        Latency = (long)(health.LatencyMs * 1000),
                        health.Error,
                    },
                    cancellationToken
                );
        };
}
