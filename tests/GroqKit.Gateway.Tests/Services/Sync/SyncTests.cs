using System.Net;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Infrastructure.Usage;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Objects;
using GroqKit.Gateway.Services.Pricing;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Sync;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GroqKit.Gateway.Tests.Services.Sync;

[Requirement("GW-11", "GW-10")]
public sealed class SyncTests(TestDatabases databases)
{
    private const string Models =
        """{"object":"list","data":[{"id":"openai/gpt-oss-120b","active":true,"pricing":{"prompt":"0.000001","completion":"0.000002"}},{"id":"new/model","active":true},{"id":"sleepy","active":false}]}""";

    [Theory, EveryEngine]
    public async Task Of_two_nodes_one_runs_each_task_when_its_time_comes(Engine engine)
    {
        var time = new ManualTimeProvider();
        string database = $"--GROQKIT_DATABASE={await databases.CreateAsync(engine)}";
        await using RunningGateway first = await StartAsync(Answer.Json(Models), time, database);
        await using RunningGateway second = await StartAsync(Answer.Json(Models), time, database);

        for (int run = 1; run <= 3; run++)
        {
            await PassAsync(first, time, TimeSpan.FromSeconds(61), "health", run);

            (first.Provider.Requests.Count + second.Provider.Requests.Count).ShouldBe(run);
        }
    }

    [Fact]
    public async Task Tasks_are_shown_and_run_by_hand()
    {
        await using RunningGateway gateway = await StartAsync(Answer.Json(Models));

        AdminAnswer list = await gateway.GetAsync("/api/sync");
        list.Items("name")
            .ShouldBe(["batches", "budgets", "catalog", "fallbacks", "health", "keys", "retention", "secrets"]);
        await RunAsync(gateway, "health");

        AdminAnswer shown = await gateway.GetAsync("/api/sync/health");
        shown.Text("lastSummary").ShouldBe("1 providers, 0 down.");
        shown["runs"]!.GetValue<long>().ShouldBe(1);
        shown.Text("state").ShouldBe("waiting");
        (await gateway.PostAsync("/api/sync/laundry/run", "")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await gateway.GetAsync("/api/audit")).Items("action").ShouldContain("sync.run");
    }

    [Fact]
    public async Task Listed_prices_hold_from_the_next_call_and_a_model_that_vanishes_is_told()
    {
        await using LoopbackServer receiver = await ScriptedProvider.StartAsync(Answer.Json("{}"));
        await using RunningGateway gateway = await StartAsync(
            Answer.InTurn(
                Answer.Json(Models),
                Answer.Json("""{"data":[{"id":"openai/gpt-oss-120b","active":true}]}"""),
                Answer.Json("""{"data":[]}""")
            )
        );
        await TellAsync(gateway, receiver);
        await gateway.PostAsync("/api/agents", """{"name":"a","llm":{"provider":"groq","model":"new/model"}}""");

        await RunAsync(gateway, "catalog");
        await gateway.Services.GetRequiredService<CatalogKeeper>().RefreshAsync(TestContext.Current.CancellationToken);

        var tokens = new TokenUsage(1_000_000, 1_000_000, 2_000_000);
        DateOnly today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        gateway
            .Services.GetRequiredService<IPriceBook>()
            .CostOf("groq", ProviderKind.Groq, "openai/gpt-oss-120b", new BilledUsage(tokens, default), today)
            .ShouldBe(3m);

        await RunAsync(gateway, "catalog");
        JsonNode told = await NextAsync(receiver);
        ((string?)told["type"]).ShouldBe("model.retired");
        ((string?)told["data"]!["model"]).ShouldBe("new/model");
        told["data"]!["agents"]!.AsArray().Select(name => (string?)name).ShouldBe(["a"]);

        // An empty list is a fault of the provider, not the end of its models.
        await gateway.PostAsync("/api/sync/catalog/run", "");
        JsonNode failed = await gateway.UntilAsync("/api/sync/catalog", task => task["lastError"] is not null);
        ((string?)failed["lastError"]).ShouldBe("No provider lists its models: groq.");
        ((long?)failed["runs"]).ShouldBe(2);
    }

    [Fact]
    public async Task A_provider_that_goes_down_and_up_is_told_once_each_way()
    {
        await using LoopbackServer receiver = await ScriptedProvider.StartAsync(Answer.Json("{}"));
        RequestDelegate broken = Answer.Json("{}", status: 503);
        await using RunningGateway gateway = await StartAsync(
            Answer.InTurn(Answer.Json(Models), broken, broken, broken, Answer.Json(Models))
        );
        await TellAsync(gateway, receiver);

        for (int run = 1; run <= 5; run++)
            await RunAsync(gateway, "health");

        JsonNode down = await NextAsync(receiver);
        JsonNode up = await NextAsync(receiver);
        ((string?)down["type"]).ShouldBe("provider.down");
        ((string?)down["data"]!["provider"]).ShouldBe("groq");
        ((string?)down["data"]!["error"]).ShouldBe("It answered with status 503.");
        ((string?)up["type"]).ShouldBe("provider.up");
        receiver.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_budget_is_told_at_80_percent_and_when_it_is_used_up_each_once()
    {
        await using LoopbackServer receiver = await ScriptedProvider.StartAsync(Answer.Json("{}"));
        await using RunningGateway gateway = await StartAsync(Answer.Json(Chunks.Whole));
        await TellAsync(gateway, receiver);
        string key = await gateway.NewKeyAsync("""{"name":"shop","limits":{"requests":{"day":10,"minute":10}}}""");
        await ChatAsync(gateway, key, 7);
        await RunAsync(gateway, "budgets");

        await ChatAsync(gateway, key, 1);
        await RunAsync(gateway, "budgets");
        await RunAsync(gateway, "budgets");
        await ChatAsync(gateway, key, 2);
        await RunAsync(gateway, "budgets");

        JsonNode near = await NextAsync(receiver);
        ((string?)near["type"]).ShouldBe("budget.near");
        ((string?)near["data"]!["name"]).ShouldBe("shop");
        ((string?)near["data"]!["unit"]).ShouldBe("requests");
        ((decimal?)near["data"]!["used"]).ShouldBe(8);
        JsonNode used = await NextAsync(receiver);
        ((string?)used["type"]).ShouldBe("budget.used");
        receiver.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_key_that_expires_within_a_week_is_told_once()
    {
        await using LoopbackServer receiver = await ScriptedProvider.StartAsync(Answer.Json("{}"));
        await using RunningGateway gateway = await StartAsync(Answer.Json(Models));
        await TellAsync(gateway, receiver);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        await gateway.NewKeyAsync($$"""{"name":"soon","expiresAt":"{{now.AddDays(6):O}}"}""");
        await gateway.NewKeyAsync($$"""{"name":"later","expiresAt":"{{now.AddDays(8):O}}"}""");

        await RunAsync(gateway, "keys");
        await RunAsync(gateway, "keys");

        JsonNode told = await NextAsync(receiver);
        ((string?)told["type"]).ShouldBe("key.expiring");
        ((string?)told["data"]!["name"]).ShouldBe("soon");
        receiver.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_batch_that_is_over_is_told_once()
    {
        const string Batch =
            """{"id":"batch_1","status":"STATUS","output_file_id":"file_out","request_counts":{"total":3,"completed":2,"failed":1}}""";
        string status = "in_progress";
        await using LoopbackServer receiver = await ScriptedProvider.StartAsync(Answer.Json("{}"));
        await using RunningGateway gateway = await StartAsync(context =>
            Answer.Json(
                context.Request.Path.Value!.Contains("batches", StringComparison.Ordinal)
                    ? Batch.Replace("STATUS", status)
                    : Models
            )(context)
        );
        await TellAsync(gateway, receiver);
        await gateway
            .Services.GetRequiredService<IObjectOwners>()
            .AddAsync(
                new OwnedObject(
                    Tenants.Home,
                    ObjectKinds.Batch,
                    "batch_1",
                    "groq",
                    "k",
                    TimeProvider.System.GetUtcNow()
                ),
                TestContext.Current.CancellationToken
            );

        await RunAsync(gateway, "batches");
        status = "completed";
        await RunAsync(gateway, "batches");
        await RunAsync(gateway, "batches");

        JsonNode told = await NextAsync(receiver);
        ((string?)told["type"]).ShouldBe("batch.finished");
        ((string?)told["data"]!["id"]).ShouldBe("batch_1");
        ((string?)told["data"]!["status"]).ShouldBe("completed");
        ((string?)told["data"]!["outputFileId"]).ShouldBe("file_out");
        ((long?)told["data"]!["failed"]).ShouldBe(1);
        receiver.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("removed", 8, "'removed' is not configured any more")]
    [InlineData("groq", 32, "'groq' has not said for 31 days")]
    public async Task A_batch_of_which_nobody_will_hear_fails_with_its_reason(string provider, int days, string reason)
    {
        var time = new ManualTimeProvider();
        await using LoopbackServer receiver = await ScriptedProvider.StartAsync(Answer.Json("{}"));
        await using RunningGateway gateway = await StartAsync(
            context =>
                context.Request.Path.Value!.Contains("batches", StringComparison.Ordinal)
                    ? Answer.Json("""{"error":{"message":"no"}}""", 401)(context)
                    : Answer.Json(Models)(context),
            time
        );
        await TellAsync(gateway, receiver);
        var owners = gateway.Services.GetRequiredService<IObjectOwners>();
        foreach ((string id, int age) in ((string, int)[])[("batch_old", days), ("batch_new", days - 2)])
            await owners.AddAsync(
                new OwnedObject(
                    Tenants.Home,
                    ObjectKinds.Batch,
                    id,
                    provider,
                    "k",
                    time.GetUtcNow() - TimeSpan.FromDays(age)
                ),
                TestContext.Current.CancellationToken
            );

        await RunAsync(gateway, "batches");

        JsonNode told = await NextAsync(receiver);
        ((string?)told["data"]!["id"]).ShouldBe("batch_old");
        ((string?)told["data"]!["status"]).ShouldBe("failed");
        ((string?)told["data"]!["reason"]).ShouldNotBeNull().ShouldContain(reason);
        (await owners.OpenBatchesAsync(null, 9, TestContext.Current.CancellationToken))
            .ShouldHaveSingleItem()
            .Id.ShouldBe("batch_new");
    }

    [Fact]
    public async Task A_storm_of_fallbacks_is_told_and_some_fallbacks_are_not()
    {
        await using LoopbackServer receiver = await ScriptedProvider.StartAsync(Answer.Json("{}"));
        await using RunningGateway gateway = await StartAsync(Answer.Json(Models));
        await TellAsync(gateway, receiver);
        await RecordAsync(gateway, "a", calls: 41, fallbacks: 20);
        await RunAsync(gateway, "fallbacks");
        await RecordAsync(gateway, "b", calls: 20, fallbacks: 20);

        await RunAsync(gateway, "fallbacks");

        JsonNode told = await NextAsync(receiver);
        ((string?)told["type"]).ShouldBe("fallback.storm");
        ((long?)told["data"]!["calls"]).ShouldBe(61);
        ((long?)told["data"]!["fallbacks"]).ShouldBe(40);
        ((string?)told["data"]!["reason"]).ShouldBe("groq/m: overloaded");
    }

    private static Task<RunningGateway> StartAsync(RequestDelegate provider, params string[] settings) =>
        StartAsync(provider, TimeProvider.System, settings);

    private static Task<RunningGateway> StartAsync(
        RequestDelegate provider,
        TimeProvider time,
        params string[] settings
    ) => RunningGateway.StartAsync(provider, time, ["--GroqKit:Sync:Enabled=true", .. settings]);

    private static async Task TellAsync(RunningGateway gateway, LoopbackServer receiver) =>
        (await gateway.PostAsync("/api/webhooks", $$"""{"url":"{{receiver.Address}}"}""")).Status.ShouldBe(
            HttpStatusCode.Created
        );

    private static async Task<JsonNode> NextAsync(LoopbackServer receiver) =>
        JsonNode.Parse((await receiver.NextRequestAsync(TestContext.Current.CancellationToken)).Text)!;

    private static async Task RunAsync(RunningGateway gateway, string task)
    {
        JsonNode before = await gateway.UntilAsync($"/api/sync/{task}", view => (string?)view["state"] == "waiting");
        AdminAnswer run = await gateway.PostAsync($"/api/sync/{task}/run", "");
        run.Status.ShouldBe(HttpStatusCode.OK, run.Body.ToString());
        long runs = (long)before["runs"]!;
        await gateway.UntilAsync(
            $"/api/sync/{task}",
            view => (long)view["runs"]! > runs && (string?)view["state"] == "waiting"
        );
    }

    private static async Task PassAsync(
        RunningGateway gateway,
        ManualTimeProvider time,
        TimeSpan by,
        string task,
        int runs
    )
    {
        await gateway.UntilAsync($"/api/sync/{task}", view => (string?)view["state"] == "waiting");
        time.Advance(by);
        await gateway.UntilAsync(
            $"/api/sync/{task}",
            view =>
            {
                // Workers look every second of the same clock.
                time.Advance(TimeSpan.FromMilliseconds(10));
                return (long)view["runs"]! >= runs;
            }
        );
    }

    private static async Task ChatAsync(RunningGateway gateway, string key, int calls)
    {
        for (int i = 0; i < calls; i++)
            (await gateway.PostAsync("/v1/chat/completions", RunningGateway.Hello, key)).Status.ShouldBe(
                HttpStatusCode.OK
            );
    }

    private static Task RecordAsync(RunningGateway gateway, string prefix, int calls, int fallbacks) =>
        gateway
            .Services.GetRequiredService<IUsageStore>()
            .SaveAsync(
                [
                    .. Enumerable
                        .Range(0, calls)
                        .Select(i =>
                            Infrastructure.Usage.Records.Bare($"req_{prefix}{i}") with
                            {
                                Outcome = Outcome.Completed,
                                StartedAt = TimeProvider.System.GetUtcNow(),
                                Fallback = i < fallbacks ? "groq/m: overloaded" : null,
                            }
                        ),
                ],
                TestContext.Current.CancellationToken
            );
}
