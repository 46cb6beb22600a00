using System.Data.Common;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Infrastructure.Usage;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Tests.Running;

namespace GroqKit.Gateway.Tests.Infrastructure.Usage;

[Requirement("GW-06", "GW-07")]
public sealed class UsageTableTests(TestDatabases databases)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly UsageFilter All = new() { Tenant = "default" };

    [Theory, EveryEngine]
    public async Task A_record_comes_back_with_every_column(Engine engine)
    {
        await using IDatabase database = await databases.OpenMigratedAsync(engine);
        UsageRecord full = Records.Full() with { Cost = 0.000000123m, Overhead = TimeSpan.FromMicroseconds(7) };

        await new UsageTable(database).SaveAsync([full, Records.Bare("req_2") with { Cost = 0m }], None);

        IReadOnlyList<UsageRecord> read = await new UsageReports(database).ListAsync(All, before: null, 10, None);
        read.ShouldBe([Records.Bare("req_2") with { Cost = 0m }, full]);
    }

    [Theory, EveryEngine]
    public async Task A_batch_that_comes_twice_is_stored_and_summed_once(Engine engine)
    {
        await using IDatabase database = await databases.OpenMigratedAsync(engine);
        var table = new UsageTable(database);

        await table.SaveAsync([Records.Full("req_1"), Records.Full("req_2")], None);
        await table.SaveAsync([Records.Full("req_1"), Records.Full("req_2"), Records.Full("req_3")], None);

        var reports = new UsageReports(database);
        (await reports.ListAsync(All, before: null, 10, None)).Count.ShouldBe(3);
        UsageSummary sum = (await reports.SummarizeAsync(All, [], 10, None)).ShouldHaveSingleItem();
        sum.Requests.ShouldBe(3);
        sum.Usage.ShouldBe(new TokenUsage(30, 60, 90, 12, 15));
        sum.AudioSeconds.ShouldBe(4.5m);
        sum.Latency.ShouldBe(TimeSpan.FromMilliseconds(900));
        sum.FirstToken.ShouldBe(TimeSpan.FromMilliseconds(300));
    }

    [Theory, EveryEngine]
    public async Task A_batch_in_which_an_id_is_twice_keeps_the_first(Engine engine)
    {
        await using IDatabase database = await databases.OpenMigratedAsync(engine);

        await new UsageTable(database).SaveAsync(
            [Records.Full("req_1"), Records.Full("req_1") with { Status = 503 }, Records.Bare("req_2")],
            None
        );

        var reports = new UsageReports(database);
        IReadOnlyList<UsageRecord> rows = await reports.ListAsync(All, before: null, 10, None);
        rows.Single(row => row.RequestId == "req_1").Status.ShouldBe(200);
        (await reports.SummarizeAsync(All, [], 10, None)).ShouldHaveSingleItem().Requests.ShouldBe(2);
    }

    [Theory, EveryEngine]
    public async Task Records_that_differ_from_the_one_before_in_what_is_absent_come_back_as_they_were(Engine engine)
    {
        await using IDatabase database = await databases.OpenMigratedAsync(engine);
        UsageRecord full = Records.Full() with { Cost = 0.000000123m, Overhead = TimeSpan.FromMicroseconds(7) };
        UsageRecord[] records =
        [
            full with
            {
                RequestId = "req_5",
            },
            Records.Bare("req_4") with
            {
                Cost = 0m,
            },
            full with
            {
                RequestId = "req_3",
                Agent = null,
                Cost = null,
                FirstToken = null,
            },
            full with
            {
                RequestId = "req_2",
                EndUser = new string('ü', 1000),
            },
            Records.Bare("req_1") with
            {
                Cost = 0m,
            },
        ];

        await new UsageTable(database).SaveAsync(records, None);

        (await new UsageReports(database).ListAsync(All, before: null, 10, None)).ShouldBe(records);
    }

    [Theory, EveryEngine]
    public async Task A_summary_reads_the_sums_of_its_hours_and_rows_only_at_its_edges(Engine engine)
    {
        await using IDatabase database = await databases.OpenMigratedAsync(engine);
        UsageFilter day = All with { From = Records.Noon.AddMinutes(-7), To = Records.Noon.AddMinutes(-7).AddDays(1) };

        string plan = await database.ReadAsync(
            async connection =>
            {
                await using DbCommand command = UsageReports.Summary(connection, day, [UsageGroup.Model], 10);
                // A table without rows is read from end to end, unless that is forbidden.
                command.CommandText =
                    engine == Engine.Sqlite
                        ? "EXPLAIN QUERY PLAN " + command.CommandText
                        : "SET enable_seqscan = off; EXPLAIN " + command.CommandText;
                await using DbDataReader rows = await command.ExecuteReaderAsync(None);
                var lines = new List<string>();
                while (await rows.ReadAsync(None))
                    lines.Add(rows.GetString(engine == Engine.Sqlite ? 3 : 0));
                return string.Join('\n', lines);
            },
            None
        );

        plan.ShouldContain(engine == Engine.Sqlite ? "usage_hourly USING INDEX" : "usage_hourly_pkey");
        plan.ShouldContain("usage_of_tenant");
        plan.ShouldNotContain("Seq Scan");
        plan.ShouldNotContain("SCAN usage");
    }

    [Theory, EveryEngine]
    public async Task Pages_follow_each_other_without_gap_or_repetition(Engine engine)
    {
        await using IDatabase database = await databases.OpenMigratedAsync(engine);
        UsageRecord[] records =
        [
            .. Enumerable.Range(0, 25).Select(i => At(Records.Noon.AddSeconds(i / 3), $"req_{i:D2}")),
        ];
        await new UsageTable(database).SaveAsync(records, None);
        var reports = new UsageReports(database);
        var read = new List<string>();

        UsagePlace? before = null;
        while (true)
        {
            IReadOnlyList<UsageRecord> page = await reports.ListAsync(All, before, 4, None);
            if (page.Count == 0)
                break;
            read.AddRange(page.Select(record => record.RequestId));
            before = UsagePlace.Of(page[^1]);
        }

        read.ShouldBe(records.Reverse().Select(record => record.RequestId));
    }

    [Theory, EveryEngine]
    public async Task Each_filter_narrows_rows_and_sums_alike(Engine engine)
    {
        await using IDatabase database = await databases.OpenMigratedAsync(engine);
        await new UsageTable(database).SaveAsync(
            [Records.Full("req_1"), Records.Bare("req_2"), Records.Full("req_3") with { Tenant = "other" }],
            None
        );
        var reports = new UsageReports(database);
        UsageFilter[] filters =
        [
            All with
            {
                Agent = "support",
            },
            All with
            {
                Key = "key_1",
            },
            All with
            {
                Provider = "groq",
            },
            All with
            {
                Model = "openai/gpt-oss-120b",
            },
            All with
            {
                Service = "llm",
            },
        ];

        foreach (UsageFilter filter in filters)
        {
            (await reports.ListAsync(filter, before: null, 10, None))
                .ShouldHaveSingleItem()
                .RequestId.ShouldBe("req_1");
            (await reports.SummarizeAsync(filter, [], 10, None)).ShouldHaveSingleItem().Requests.ShouldBe(1);
        }
        (await reports.ListAsync(All with { RequestId = "req_2" }, null, 10, None)).ShouldHaveSingleItem();
        (await reports.ListAsync(All with { RequestId = "req_3" }, null, 10, None)).ShouldBeEmpty();
    }

    [Theory, EveryEngine]
    public async Task Any_span_of_time_is_summed_exactly(Engine engine)
    {
        await using IDatabase database = await databases.OpenMigratedAsync(engine);
        DateTimeOffset start = Records.Noon.AddHours(-1);
        UsageRecord[] records = [.. Enumerable.Range(0, 72).Select(i => At(start.AddMinutes(5 * i), $"req_{i:D2}"))];
        await new UsageTable(database).SaveAsync(records, None);
        var reports = new UsageReports(database);
        int[] minutes = [0, 7, 55, 60, 61, 119, 120, 180, 355, 360];

        foreach (int from in minutes)
        {
            foreach (int to in minutes.Where(to => to >= from))
            {
                UsageFilter span = All with { From = start.AddMinutes(from), To = start.AddMinutes(to) };
                int expected = records.Count(record => record.StartedAt >= span.From && record.StartedAt < span.To);

                UsageSummary sum = (await reports.SummarizeAsync(span, [], 10, None)).ShouldHaveSingleItem();

                sum.Requests.ShouldBe(expected, $"from {from} to {to}");
            }
        }
    }

    [Theory, EveryEngine]
    public async Task Sums_are_divided_by_what_is_asked_for(Engine engine)
    {
        await using IDatabase database = await databases.OpenMigratedAsync(engine);
        await new UsageTable(database).SaveAsync(
            [
                At(Records.Noon, "req_1"),
                At(Records.Noon.AddHours(1), "req_2") with
                {
                    Agent = null,
                },
                At(Records.Noon.AddDays(1), "req_3") with
                {
                    Cost = null,
                },
            ],
            None
        );
        var reports = new UsageReports(database);

        (await Groups(UsageGroup.Day)).ShouldBe(["2026-11-20: 2", "2026-11-21: 1"]);
        (await Groups(UsageGroup.Hour)).ShouldBe([
            "2026-11-20T12:00:00Z: 1",
            "2026-11-20T13:00:00Z: 1",
            "2026-11-21T12:00:00Z: 1",
        ]);
        (await Groups(UsageGroup.Agent)).ShouldBe([": 1", "support: 2"]);
        (await Groups(UsageGroup.Key, UsageGroup.Provider, UsageGroup.Model, UsageGroup.Service)).ShouldBe([
            "key_1 groq openai/gpt-oss-120b llm: 3",
        ]);
        (await reports.SummarizeAsync(All, [], 10, None))[0].Unpriced.ShouldBe(1);

        async Task<string[]> Groups(params UsageGroup[] groups) =>
            [
                .. (await reports.SummarizeAsync(All, groups, 10, None)).Select(sum =>
                    $"{string.Join(' ', sum.Group)}: {sum.Requests}"
                ),
            ];
    }

    private static UsageRecord At(DateTimeOffset time, string id) => Records.Full(id) with { StartedAt = time };
}
