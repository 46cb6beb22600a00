using System.Net;
using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;

namespace GroqKit.Gateway.Tests.Api.Admin;

[Requirement("PR-11")]
public sealed class TrafficEndpointTests(TestDatabases databases)
{
    private const string Call = """{"model":"agent/a","messages":[{"role":"user","content":"Hi"}]}""";

    [Theory, EveryEngine]
    public async Task A_provider_that_is_switched_off_gets_no_call_on_any_node_within_5_seconds(Engine engine)
    {
        var time = new ManualTimeProvider();
        string database = $"--GROQKIT_DATABASE={await databases.CreateAsync(engine)}";
        await using LoopbackServer backup = await ScriptedProvider.StartAsync(Answer.Json(Chunks.Whole));
        await using RunningGateway first = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole), time, database);
        await using RunningGateway second = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole), time, database);
        await AddAsync(first, backup);
        (await first.PostAsync("/v1/chat/completions", Call)).Status.ShouldBe(HttpStatusCode.OK);
        first.Provider.Requests.Count.ShouldBe(1);

        AdminAnswer off = await first.PostAsync("/api/providers/groq/disable", "");
        off["enabled"]!.GetValue<bool>().ShouldBeFalse();
        (await first.PostAsync("/v1/chat/completions", Call)).Status.ShouldBe(HttpStatusCode.OK);
        first.Provider.Requests.Count.ShouldBe(1);
        backup.Requests.Count.ShouldBe(1);

        // Within five seconds of its clock; how often it has to be asked until its look is over is the machine's.
        for (
            TimeSpan passed = SnapshotKeeper.Interval;
            passed < TimeSpan.FromSeconds(5);
            passed += SnapshotKeeper.Interval
        )
        {
            time.Advance(SnapshotKeeper.Interval);
            int look = 0;
            while (look++ < 200 && await ShareAsync(second) != 0)
                continue;
        }
        (await ShareAsync(second)).ShouldBe(0);
        (await second.PostAsync("/v1/chat/completions", Call)).Status.ShouldBe(HttpStatusCode.OK);
        AdminAnswer alone = await second.PostAsync("/v1/chat/completions", RunningGateway.Hello);
        alone.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        ((string?)alone.Error["code"]).ShouldBe("provider_disabled");
        second.Provider.Requests.ShouldBeEmpty();

        await first.PostAsync("/api/providers/groq/enable", "");
        (await first.PostAsync("/v1/chat/completions", Call)).Status.ShouldBe(HttpStatusCode.OK);
        first.Provider.Requests.Count.ShouldBe(2);
        (await first.GetAsync("/api/audit")).Items("action").Count(action => action == "providers.share").ShouldBe(2);
    }

    [Fact]
    public async Task A_share_of_conversations_goes_to_a_provider_and_each_stays_on_its_side()
    {
        await using LoopbackServer backup = await ScriptedProvider.StartAsync(Answer.Json(Chunks.Whole));
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        await AddAsync(gateway, backup);
        AdminAnswer share = await gateway.PostAsync("/api/providers/groq/share", """{"percent":30}""");
        share["percent"]!.GetValue<int>().ShouldBe(30);
        var sides = new Dictionary<int, string>();

        for (int round = 0; round < 2; round++)
        {
            for (int conversation = 0; conversation < 100; conversation++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions");
                request.Content = new StringContent(Call, System.Text.Encoding.UTF8, "application/json");
                request.Headers.Add("x-groqkit-conversation", $"c-{conversation}");
                using HttpResponseMessage answer = await gateway.Client.SendAsync(
                    request,
                    TestContext.Current.CancellationToken
                );
                string provider = answer.Header("x-groqkit-provider")!;
                sides.TryAdd(conversation, provider);
                sides[conversation].ShouldBe(provider);
            }
        }

        sides.Values.Count(provider => provider == "groq").ShouldBeInRange(15, 45);
        gateway.Provider.Requests.Count.ShouldBe(2 * sides.Values.Count(provider => provider == "groq"));
    }

    [Fact]
    public async Task All_agents_are_moved_in_one_action_after_a_look_at_what_would_change()
    {
        await using LoopbackServer backup = await ScriptedProvider.StartAsync(Answer.Json(Chunks.Whole));
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        await AddAsync(gateway, backup);
        await gateway.PostAsync("/api/agents", """{"name":"b","llm":{"provider":"groq","model":"x"}}""");
        await gateway.PostAsync("/api/agents", """{"name":"c","llm":{"provider":"backup","model":"m"}}""");
        const string Move = """{"to":"backup","models":{"x":"y"},"dryRun":DRY}""";

        AdminAnswer dry = await gateway.PostAsync("/api/providers/groq/move", Move.Replace("DRY", "true"));
        dry["changes"]!.AsArray().Count.ShouldBe(2);
        ((string?)dry["changes"]![1]!["agent"]).ShouldBe("b");
        ((string?)dry["changes"]![1]!["before"]).ShouldBe("x");
        ((string?)dry["changes"]![1]!["after"]).ShouldBe("y");
        ((string?)(await gateway.GetAsync("/api/agents/b"))["llm"]!["provider"]).ShouldBe("groq");

        AdminAnswer moved = await gateway.PostAsync("/api/providers/groq/move", Move.Replace("DRY", "false"));
        moved["changes"]!.ToJsonString().ShouldBe(dry["changes"]!.ToJsonString());
        AdminAnswer agent = await gateway.GetAsync("/api/agents/b");
        ((string?)agent["llm"]!["provider"]).ShouldBe("backup");
        ((string?)agent["llm"]!["model"]).ShouldBe("y");
        (await gateway.PostAsync("/v1/chat/completions", Call)).Status.ShouldBe(HttpStatusCode.OK);
        gateway.Provider.Requests.ShouldBeEmpty();
        (await gateway.GetAsync("/api/audit")).Items("action").Count(action => action == "agents.move").ShouldBe(2);
    }

    [Theory]
    [InlineData("share", "{}", "percent")]
    [InlineData("share", """{"percent":101}""", "percent")]
    [InlineData("move", "{}", "to")]
    [InlineData("move", """{"to":"nobody"}""", "to")]
    [InlineData("move", """{"to":"groq"}""", "to")]
    [InlineData("move", """{"to":"groq","model":"m"}""", "model")]
    public async Task A_wrong_order_is_refused_with_the_fields_name(string action, string body, string field)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));

        AdminAnswer answer = await gateway.PostAsync($"/api/providers/groq/{action}", body);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)answer.Error["param"]).ShouldBe(field);
    }

    private static async Task<int> ShareAsync(RunningGateway gateway) =>
        (await gateway.GetAsync("/api/providers/groq/share"))["percent"]!.GetValue<int>();

    private static async Task AddAsync(RunningGateway gateway, LoopbackServer backup)
    {
        await gateway.PostAsync(
            "/api/providers",
            $$"""{"name":"backup","kind":"openai","baseUrl":"{{backup.Address}}"}"""
        );
        AdminAnswer made = await gateway.PostAsync(
            "/api/agents",
            """{"name":"a","llm":{"provider":"groq","model":"m","fallback":[{"provider":"backup","model":"m"}]}}"""
        );
        made.Status.ShouldBe(HttpStatusCode.Created, made.Body.ToString());
    }
}
