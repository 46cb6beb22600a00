using System.Net;
using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;

namespace GroqKit.Gateway.Tests.Api.Admin;

[Requirement("GW-14")]
public sealed class KeyEndpointTests(TestDatabases databases)
{
    [Theory, EveryEngine]
    public async Task A_key_is_shown_once_works_at_once_and_is_refused_once_revoked(Engine engine)
    {
        // Its clock stands, so that a slow machine is not a store of limits that is away.
        await using RunningGateway gateway = await StartAsync(engine, new ManualTimeProvider());

        AdminAnswer made = await gateway.PostAsync(
            "/api/keys",
            """{"name":"app","role":"caller","limits":{"requests":{"minute":100},"audioSeconds":{"month":20.5}}}"""
        );
        string key = made.Text("key");
        string id = made.Text("id");

        made.Status.ShouldBe(HttpStatusCode.Created);
        made.ETag.ShouldBe("\"1\"");
        key.ShouldStartWith("gk_dev_");
        made.Text("lastFour").ShouldBe(key[^4..]);
        made["limits"]!.ToJsonString().ShouldBe("""{"requests":{"minute":100},"audioSeconds":{"month":20.5}}""");
        (await ChatAsync(gateway, key)).ShouldBe(HttpStatusCode.OK);
        AdminAnswer shown = await gateway.GetAsync($"/api/keys/{id}");
        shown["key"].ShouldBeNull();
        shown["limits"]!.ToJsonString().ShouldBe(made["limits"]!.ToJsonString());
        shown.Text("createdAt").ShouldBe(made.Text("createdAt"));
        (await gateway.GetAsync("/api/keys")).Items("id").ShouldContain(id);

        (await gateway.DeleteAsync($"/api/keys/{id}")).Status.ShouldBe(HttpStatusCode.NoContent);

        (await ChatAsync(gateway, key)).ShouldBe(HttpStatusCode.Unauthorized);
        (await gateway.GetAsync($"/api/keys/{id}"))["revokedAt"].ShouldNotBeNull();
        (await gateway.PostAsync($"/api/keys/{id}/rotate", "{}")).Status.ShouldBe(HttpStatusCode.Conflict);
    }

    [Theory, EveryEngine]
    public async Task A_key_revoked_on_one_node_is_refused_on_another_when_that_looks_again(Engine engine)
    {
        var time = new ManualTimeProvider();
        string database = await databases.CreateAsync(engine);
        await using RunningGateway one = await StartAsync(database, TimeProvider.System);
        await using RunningGateway other = await StartAsync(database, time);
        AdminAnswer made = await one.PostAsync("/api/keys", """{"name":"app"}""");
        string key = made.Text("key");
        await UntilAsync(other, time, key, HttpStatusCode.OK);

        await one.DeleteAsync($"/api/keys/{made.Text("id")}");

        await UntilAsync(other, time, key, HttpStatusCode.Unauthorized);
        SnapshotKeeper.Interval.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Theory, EveryEngine]
    public async Task After_a_rotation_both_texts_work_until_the_overlap_is_over(Engine engine)
    {
        var time = new ManualTimeProvider();
        await using RunningGateway gateway = await StartAsync(engine, time);
        AdminAnswer made = await gateway.PostAsync("/api/keys", """{"name":"app"}""");
        string old = made.Text("key");

        AdminAnswer rotated = await gateway.PostAsync(
            $"/api/keys/{made.Text("id")}/rotate",
            """{"overlapSeconds":3600}"""
        );
        string young = rotated.Text("key");

        rotated.Text("id").ShouldBe(made.Text("id"));
        young.ShouldNotBe(old);
        (await ChatAsync(gateway, old)).ShouldBe(HttpStatusCode.OK);
        (await ChatAsync(gateway, young)).ShouldBe(HttpStatusCode.OK);
        time.Advance(TimeSpan.FromSeconds(3600));
        (await ChatAsync(gateway, old)).ShouldBe(HttpStatusCode.Unauthorized);
        (await ChatAsync(gateway, young)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_expired_key_is_refused_and_told_so()
    {
        var time = new ManualTimeProvider();
        await using RunningGateway gateway = await StartAsync(Engine.Sqlite, time);
        string key = await gateway.NewKeyAsync(
            $$"""{"name":"guest","expiresAt":"{{time.GetUtcNow().AddHours(1):O}}"}"""
        );

        (await ChatAsync(gateway, key)).ShouldBe(HttpStatusCode.OK);
        time.Advance(TimeSpan.FromHours(1));

        AdminAnswer refused = await gateway.GetAsync("/api/agents", key);
        refused.Status.ShouldBe(HttpStatusCode.Unauthorized);
        refused.Error["code"]!.GetValue<string>().ShouldBe("expired_api_key");
    }

    [Fact]
    public async Task Scopes_narrow_a_role_and_nobody_gives_what_they_do_not_have()
    {
        await using RunningGateway gateway = await StartAsync(Engine.Sqlite, TimeProvider.System);
        string chatOnly = await gateway.NewKeyAsync("""{"name":"c","role":"caller","scopes":["chat"]}""");
        string keyMaker = await gateway.NewKeyAsync(
            """{"name":"k","role":"admin","scopes":["keys:read","keys:write","chat"]}"""
        );

        (await ChatAsync(gateway, chatOnly)).ShouldBe(HttpStatusCode.OK);
        (await gateway.GetAsync("/v1/models", chatOnly)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await gateway.PostAsync("/api/keys", """{"name":"x","scopes":["chat"]}""", keyMaker)).Status.ShouldBe(
            HttpStatusCode.Created
        );
        AdminAnswer more = await gateway.PostAsync("/api/keys", """{"name":"x","role":"admin"}""", keyMaker);
        more.Status.ShouldBe(HttpStatusCode.Forbidden);
        more.Error["param"]!.GetValue<string>().ShouldBe("scopes");
    }

    [Fact]
    public async Task A_change_against_an_old_version_is_refused()
    {
        await using RunningGateway gateway = await StartAsync(Engine.Sqlite, TimeProvider.System);
        AdminAnswer made = await gateway.PostAsync("/api/keys", """{"name":"app"}""");
        string path = $"/api/keys/{made.Text("id")}";

        AdminAnswer changed = await gateway.AdminAsync(
            HttpMethod.Patch,
            path,
            """{"name":"renamed"}""",
            ifMatch: made.ETag
        );
        AdminAnswer late = await gateway.AdminAsync(HttpMethod.Patch, path, """{"name":"late"}""", ifMatch: made.ETag);

        changed.Text("name").ShouldBe("renamed");
        changed.ETag.ShouldBe("\"2\"");
        late.Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await gateway.GetAsync(path)).Text("name").ShouldBe("renamed");
    }

    [Theory, EveryEngine]
    public async Task Lists_come_in_pages_by_key(Engine engine)
    {
        await using RunningGateway gateway = await StartAsync(engine, TimeProvider.System);
        for (int i = 0; i < 5; i++)
            await gateway.NewKeyAsync($$"""{"name":"k{{i}}"}""");

        var all = new List<string>();
        string? after = null;
        do
        {
            AdminAnswer page = await gateway.GetAsync($"/api/keys?limit=2&after={after}");
            page.Items("id").Length.ShouldBeInRange(1, 2);
            all.AddRange(page.Items("id"));
            after = page["next"]?.GetValue<string>();
        } while (after is not null);

        all.Count.ShouldBe(5);
        all.ShouldBe(all.Distinct().Order(StringComparer.Ordinal));
    }

    private async Task<RunningGateway> StartAsync(Engine engine, TimeProvider time) =>
        await StartAsync(await databases.CreateAsync(engine), time);

    private static Task<RunningGateway> StartAsync(string database, TimeProvider time) =>
        RunningGateway.StartAsync(Answer.Json(Chunks.Whole), time, $"--GROQKIT_DATABASE={database}");

    private static async Task<HttpStatusCode> ChatAsync(RunningGateway gateway, string key) =>
        (await gateway.PostAsync("/v1/chat/completions", RunningGateway.Hello, key)).Status;

    private static async Task UntilAsync(
        RunningGateway gateway,
        ManualTimeProvider time,
        string key,
        HttpStatusCode expected
    )
    {
        CancellationToken safety = new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;
        do
        {
            safety.ThrowIfCancellationRequested();
            time.Advance(SnapshotKeeper.Interval);
        } while (await ChatAsync(gateway, key) != expected);
    }
}
