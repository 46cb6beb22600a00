using System.Data.Common;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Infrastructure.Usage;

namespace GroqKit.Dashboard.Tests.Running;

/// <summary>Fills a gateway's database with accounts of calls, by the database itself: a million are there in seconds.</summary>
internal static class ManyCalls
{
    private const long DayMilliseconds = 24 * 3_600_000L;

    /// <param name="address">The connection string.</param>
    /// <param name="count">How many, spread evenly over the last 30 days.</param>
    public static async Task MakeAsync(string address, int count)
    {
        await using IDatabase database = DatabaseAddress.Parse(address, "/").Create();
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        string numbers =
            database.Dialect == Dialect.Sqlite
                ? $"WITH RECURSIVE numbers(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM numbers WHERE i < {count - 1}) "
                : "";
        string from = database.Dialect == Dialect.Sqlite ? "numbers" : $"generate_series(0, {count - 1}) AS numbers(i)";
        await database.WriteAsync(
            async transaction =>
            {
                await RunAsync(
                    transaction,
                    $"""
                    INSERT INTO usage ({UsageColumn.Names}) {numbers}
                    SELECT 'req_many_' || i, {now} - 1000 - CAST(i * (30.0 * {DayMilliseconds} / {count}) AS BIGINT),
                        'default', 'key_of_team_' || (i % 20), CASE WHEN i % 10 < 8 THEN 'llm' WHEN i % 10 = 8 THEN 'stt' ELSE 'tts' END,
                        CASE WHEN i % 10 < 8 THEN 'chat' WHEN i % 10 = 8 THEN 'transcription' ELSE 'speech' END,
                        CASE WHEN i % 3 = 0 THEN 'support' WHEN i % 3 = 1 THEN 'summaries' END, NULL, NULL, 'simulator',
                        CASE WHEN i % 2 = 0 THEN 'openai/gpt-oss-120b' ELSE 'openai/gpt-oss-20b' END, i % 2,
                        CASE WHEN i % 97 = 0 THEN 4 ELSE 0 END, CASE WHEN i % 97 = 0 THEN 503 ELSE 200 END, NULL, NULL, 'stop', 0,
                        100 + i % 900, 0, i % 400, 0, 100 + i % 900 + i % 400, NULL, 0, 0, NULL, 1000 + i % 100000,
                        200000 + i % 900000, 50000 + i % 90000, 90, 0, NULL
                    FROM {from}
                    """
                );
                await RunAsync(transaction, "DELETE FROM usage_hourly");
                await RunAsync(
                    transaction,
                    $"""
                    INSERT INTO usage_hourly ({HourlySums.Columns})
                    SELECT tenant, started_at / 3600000 * 3600000, key_id, COALESCE(agent, ''), COALESCE(provider, ''), COALESCE(model, ''), service,
                        {string.Join(
                        ", ",
                        HourlySums.Sums.Select(sum => $"CAST(COALESCE(SUM({sum.OfRow}), 0) AS BIGINT)")
                    )}
                    FROM usage GROUP BY 1, 2, 3, 4, 5, 6, 7
                    """
                );
                // As the databases do by themselves while calls come in.
                await RunAsync(transaction, "ANALYZE");
                return true;
            },
            TestContext.Current.CancellationToken
        );
    }

    private static async Task RunAsync(DbTransaction transaction, string sql)
    {
        await using DbCommand command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
