using Dapper;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Infrastructure.Sync;
using GroqKit.Gateway.Infrastructure.Usage;
using GroqKit.Gateway.Services.Webhooks;
using GroqKit.Gateway.Tests.Infrastructure.Usage;
using GroqKit.Gateway.Tests.Running;

namespace GroqKit.Gateway.Tests.Infrastructure.Sync;

[Requirement("GW-11")]
public sealed class RetentionTaskTests(TestDatabases databases)
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly ManualTimeProvider _time = new();

    [Theory, EveryEngine]
    public async Task What_is_too_old_goes_in_batches_and_the_rest_stays(Engine engine)
    {
        await using IDatabase database = await databases.OpenMigratedAsync(engine);
        var usage = new UsageTable(database);
        await usage.SaveAsync(
            [
                .. Enumerable
                    .Range(0, RetentionTask.BatchSize + 5)
                    .Select(i => Records.Bare($"old_{i}") with { StartedAt = _time.GetUtcNow() }),
            ],
            None
        );
        using var node = new Background(database, _time, new WebhookReceiver(_ => new SendResult(200, null, null)));
        await node.AddTargetAsync("a");
        await node.Outbox.PublishAsync(new WebhookEvent("t", EventTypes.Test, "old", "{}"), None);
        await node.RunAsync();
        _time.Advance(TimeSpan.FromDays(29));
        await node.Outbox.PublishAsync(new WebhookEvent("t", EventTypes.Test, "new", "{}"), None);
        await node.RunAsync();
        await usage.SaveAsync([Records.Bare("new") with { StartedAt = _time.GetUtcNow() }], None);
        _time.Advance(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));
        var keep = new RetentionOptions(TimeSpan.FromDays(30), TimeSpan.FromDays(30), TimeSpan.FromDays(30));

        string summary = (await new RetentionTask(database, keep, _time).RunAsync(None)).Summary;

        summary.ShouldContain($"{RetentionTask.BatchSize + 5} of usage");
        (await CountAsync(database, "usage")).ShouldBe(1);
        (await CountAsync(database, "usage_hourly")).ShouldBeGreaterThan(1);
        foreach (string table in (string[])["jobs", "webhook_events", "webhook_deliveries", "webhook_attempts"])
            (await CountAsync(database, table)).ShouldBe(1, table);
        (await new RetentionTask(database, keep, _time).RunAsync(None)).Summary.ShouldBe("Nothing was old enough.");
    }

    private static Task<long> CountAsync(IDatabase database, string table) =>
        database.ReadAsync(connection => connection.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM {table}"), None);
}
