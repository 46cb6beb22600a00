using System.Net;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;
using Microsoft.AspNetCore.Http;

namespace GroqKit.Gateway.Tests.Api.Admin;

[Requirement("GW-04")]
public sealed class ProviderEndpointTests(TestDatabases databases)
{
    private const string Models = """{"object":"list","data":[{"id":"a"},{"id":"b"}]}""";

    [Theory, EveryEngine]
    public async Task A_provider_is_made_listed_changed_and_removed_and_its_key_is_never_shown(Engine engine)
    {
        string database = await databases.CreateAsync(engine);
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Json(Chunks.Whole),
            $"--GROQKIT_DATABASE={database}"
        );

        AdminAnswer made = await gateway.PostAsync(
            "/api/providers",
            """{"name":"oa","kind":"openai","apiKey":"sk-marker","maxRetries":1,"timeoutSeconds":9}"""
        );
        AdminAnswer changed = await gateway.PutAsync("/api/providers/oa", """{"timeoutSeconds":20}""");

        made.Status.ShouldBe(HttpStatusCode.Created, made.Body.ToString());
        made.Text("baseUrl").ShouldBe("https://api.openai.com/v1/");
        made["hasKey"]!.GetValue<bool>().ShouldBeTrue();
        changed["hasKey"]!.GetValue<bool>().ShouldBeTrue();
        changed["timeoutSeconds"]!.GetValue<int>().ShouldBe(20);
        AdminAnswer list = await gateway.GetAsync("/api/providers");
        list.Items("name").ShouldBe(["groq", "oa"]);
        list.Items("source").ShouldBe(["environment", "own"]);
        list.Body.ToJsonString().ShouldNotContain("marker");
        (await gateway.GetAsync("/api/providers?limit=1&after=groq")).Items("name").ShouldBe(["oa"]);
        (await gateway.PutAsync("/api/providers/oa", """{"apiKey":null}"""))["hasKey"]!
            .GetValue<bool>()
            .ShouldBeFalse();
        (await gateway.DeleteAsync("/api/providers/oa")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await gateway.GetAsync("/api/providers")).Items("name").ShouldBe(["groq"]);
        if (engine == Engine.Sqlite)
        {
            string file = database["Data Source=".Length..];
            foreach (string path in Directory.GetFiles(Path.GetDirectoryName(file)!, Path.GetFileName(file) + "*"))
                (await ReadAsync(path)).ShouldNotContain("sk-marker");
        }
    }

    [Fact]
    public async Task Validation_calls_the_provider_and_says_what_is_wrong()
    {
        await using LoopbackServer provider = await ScriptedProvider.StartAsync(context =>
            context.Request.Headers.Authorization == "Bearer right" ? Answer.Json(Models)(context) : Refuse(context)
        );
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        await AddAsync(gateway, "good", $"{provider.Address}", "right");
        await AddAsync(gateway, "bad", $"{provider.Address}", "wrong");
        await AddAsync(gateway, "gone", "http://127.0.0.1:1", "right");

        AdminAnswer good = await gateway.PostAsync("/api/providers/good/validate", "");
        AdminAnswer bad = await gateway.PostAsync("/api/providers/bad/validate", "");
        AdminAnswer gone = await gateway.PostAsync("/api/providers/gone/validate", "");

        good["ok"]!.GetValue<bool>().ShouldBeTrue();
        good["models"]!.GetValue<int>().ShouldBe(2);
        bad["ok"]!.GetValue<bool>().ShouldBeFalse();
        bad.Text("error").ShouldContain("key");
        gone["ok"]!.GetValue<bool>().ShouldBeFalse();
        gone.Text("error").ShouldContain("reached");
        (await gateway.PostAsync("/api/providers/none/validate", "")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_providers_own_timeout_ends_the_wait_for_its_answer()
    {
        var time = new ManualTimeProvider();
        var called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using LoopbackServer silent = await ScriptedProvider.StartAsync(async context =>
        {
            called.TrySetResult();
            await Forever.WaitAsync(context.RequestAborted);
        });
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole), time);
        await gateway.PostAsync(
            "/api/providers",
            $$"""{"name":"silent","kind":"openai","baseUrl":"{{silent.Address}}","timeoutSeconds":3}"""
        );

        Task<AdminAnswer> call = gateway.PostAsync(
            "/v1/chat/completions",
            """{"model":"silent/m","messages":[{"role":"user","content":"Hi"}]}"""
        );
        await called.Task.WaitAsync(TimeSpan.FromSeconds(30));
        time.Advance(TimeSpan.FromSeconds(2.9));
        call.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(0.2));

        (await call).Status.ShouldBe(HttpStatusCode.GatewayTimeout);
    }

    [Fact]
    public async Task A_provider_that_an_agent_uses_stays()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        await AddAsync(gateway, "used", "http://127.0.0.1:1", "k");
        await gateway.PostAsync(
            "/api/agents",
            """{"name":"a","llm":{"provider":"groq","model":"m","fallback":[{"provider":"used","model":"m"}]}}"""
        );

        AdminAnswer refused = await gateway.DeleteAsync("/api/providers/used");

        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        refused.Error["message"]!.GetValue<string>().ShouldContain("'a'");
        await gateway.DeleteAsync("/api/agents/a");
        (await gateway.DeleteAsync("/api/providers/used")).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    private static Task<AdminAnswer> AddAsync(RunningGateway gateway, string name, string url, string key) =>
        gateway.PostAsync(
            "/api/providers",
            $$"""{"name":"{{name}}","kind":"openai","baseUrl":"{{url}}","apiKey":"{{key}}"}"""
        );

    private static Task Refuse(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    private static async Task<string> ReadAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file, System.Text.Encoding.Latin1);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
