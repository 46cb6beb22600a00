using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Services.Privacy;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;

namespace GroqKit.Gateway.Tests.Services.Privacy;

/// <summary>Whoever is erased on one node is gone from all of them, whatever they still have in hand.</summary>
[Requirement("GW-16", "GW-20")]
public sealed class ErasureTests(TestDatabases databases)
{
    private const string Chats = "/v1/chat/completions";
    private const string Person = "marker-person-4711";

    private static readonly (string, string)[] OnBehalf =
    [
        ("x-groqkit-user", Person),
        ("x-groqkit-conversation", Person + "-talk"),
        ("x-groqkit-cache", "on"),
    ];

    private static readonly TimeSpan SafetyTimeout = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Neither_the_journal_nor_the_cache_of_another_node_brings_a_person_back()
    {
        string database = "--GROQKIT_DATABASE=" + await databases.CreateAsync(Engine.Postgres);
        // This node's clock stands still, so that it ships nothing by itself.
        var time = new ManualTimeProvider();
        await using RunningGateway near = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole), database);
        await using RunningGateway far = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole), time, database);
        string question = RunningGateway.Hello.Replace("\"messages\"", "\"temperature\":0,\"messages\"");
        (await AskAsync(near, question, OnBehalf)).ShouldBe("miss");
        (await AskAsync(far, question, OnBehalf)).ShouldBe("miss");
        (await AskAsync(far, question, OnBehalf)).ShouldBe("hit");
        IsInFilesOf(far).ShouldBeTrue();

        AdminAnswer erased = await near.PostAsync($"/api/end-users/erase?user={Person}", "");

        ((int?)erased["accounts"]).ShouldBe(1);
        await UntilAsync(async () =>
        {
            time.Advance(TimeSpan.FromMilliseconds(250));
            JsonNode usage = (await near.GetAsync("/api/usage"))["items"]!;
            return usage.AsArray().Count == 3 && !IsInFilesOf(far);
        });
        (await near.GetAsync($"/api/end-users?user={Person}"))["calls"]!.AsArray().ShouldBeEmpty();
        (await near.GetAsync("/api/usage")).Body.ToJsonString().ShouldNotContain(Person);
        IsInFilesOf(near).ShouldBeFalse();
        foreach (RunningGateway node in (RunningGateway[])[near, far])
            (await AskAsync(node, question, ("x-groqkit-cache", "on"))).ShouldBe("miss");
    }

    [Theory]
    [EveryEngine]
    public async Task What_ends_after_an_erasure_and_began_before_is_not_kept(Engine engine)
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            async context =>
            {
                await go.Task.WaitAsync(SafetyTimeout);
                await Answer.Json(Chunks.Whole)(context);
            },
            "--GROQKIT_DATABASE=" + await databases.CreateAsync(engine),
            "--GROQKIT_MASTER_KEY=" + Convert.ToBase64String(new byte[32])
        );
        AdminAnswer made = await gateway.PostAsync(
            "/api/agents",
            """{"name":"bot","privacy":{"keepDays":7},"llm":{"provider":"groq","model":"m"}}"""
        );
        made.Status.ShouldBe(HttpStatusCode.Created, made.Body.ToString());
        string question = RunningGateway.Hello.Replace("\"m\"", "\"agent/bot\"");
        (string, string)[] headers = [("x-groqkit-user", Person), ("Idempotency-Key", "one")];
        Task<HttpResponseMessage> running = gateway.PostJsonAsync(Chats, question, headers);
        await gateway.Provider.NextRequestAsync(TestContext.Current.CancellationToken);

        (await gateway.PostAsync($"/api/end-users/erase?user={Person}", "")).Status.ShouldBe(HttpStatusCode.OK);
        go.SetResult();
        using (HttpResponseMessage first = await running)
            (await first.TextAsync()).ShouldBe(Chunks.Whole);
        JsonNode? refused = null;
        await UntilAsync(async () =>
        {
            using HttpResponseMessage second = await gateway.PostJsonAsync(Chats, question, headers);
            second.StatusCode.ShouldBe(HttpStatusCode.Conflict);
            refused = JsonNode.Parse(await second.TextAsync())!["error"];
            return (string?)refused!["code"] != "idempotency_key_in_use";
        });

        ((string?)refused!["code"]).ShouldBe("idempotent_answer_not_kept");
        await gateway.UntilAsync("/api/usage", usage => usage["items"]!.AsArray().Count >= 2);
        JsonArray calls = (await gateway.GetAsync($"/api/end-users?user={Person}"))["calls"]!.AsArray();
        calls.ShouldAllBe(call => call!["request"] == null);
        calls.ShouldAllBe(call => (string?)call!["requestId"] != null);
        gateway.Provider.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public void A_name_is_kept_by_a_hash_that_differs_between_tenants()
    {
        Erasure.NameOf("a", "bc").ShouldNotBe(Erasure.NameOf("ab", "c"));
        Erasure.NameOf("a", Person).ShouldNotContain(Person);
    }

    /// <returns>What the cache did.</returns>
    private static async Task<string?> AskAsync(
        RunningGateway gateway,
        string question,
        params (string Name, string Value)[] headers
    )
    {
        using HttpResponseMessage answer = await gateway.PostJsonAsync(Chats, question, headers);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        return answer.Header("x-groqkit-cache");
    }

    private static bool IsInFilesOf(RunningGateway gateway) =>
        Directory
            .EnumerateFiles(gateway.DataDirectory, "*", SearchOption.AllDirectories)
            .Where(file => file.Contains("journal", StringComparison.Ordinal) && Path.GetFileName(file) != "lock")
            .Any(Holds);

    private static bool Holds(string file)
    {
        try
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var text = new StreamReader(stream, Encoding.Latin1);
            return text.ReadToEnd().Contains(Person, StringComparison.Ordinal);
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var safety = new CancellationTokenSource(SafetyTimeout);
        while (!await isSo())
            safety.Token.ThrowIfCancellationRequested();
    }
}
