using System.Net;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;

namespace GroqKit.Gateway.Tests.Api.Agents;

[Requirement("GW-03", "GW-04")]
public sealed class AgentEndpointTests(TestDatabases databases)
{
    [Theory, EveryEngine]
    public async Task An_agent_answers_by_name_with_its_provider_model_and_settings(Engine engine)
    {
        await using LoopbackServer own = await ScriptedProvider.StartAsync(Answer.Json(Chunks.Whole));
        await using RunningGateway gateway = await StartAsync(engine);
        AdminAnswer provider = await gateway.PostAsync(
            "/api/providers",
            $$"""{"name":"mine","kind":"openai","baseUrl":"{{own.Address}}","apiKey":"sk-secret-of-mine"}"""
        );
        provider.Status.ShouldBe(HttpStatusCode.Created, provider.Body.ToString());
        AdminAnswer agent = await gateway.PostAsync("/api/agents", """{"name":"support"}""");
        AdminAnswer set = await gateway.PutAsync(
            "/api/agents/support/providers/llm",
            """
            {"provider":"mine","model":"small-1","config":{"temperature":0.3,"top_p":0.5},
             "fallback":[{"provider":"groq","model":"openai/gpt-oss-20b"}]}
            """
        );

        agent.Status.ShouldBe(HttpStatusCode.Created);
        set.Status.ShouldBe(HttpStatusCode.OK, set.Body.ToString());
        set.ETag.ShouldBe("\"2\"");
        using HttpResponseMessage byName = await gateway.ChatAsync(
            """{"model":"agent/support","top_p":0.9,"messages":[{"role":"user","content":"Hi"}]}"""
        );
        byName.StatusCode.ShouldBe(HttpStatusCode.OK, await byName.TextAsync());
        byName.Header("x-groqkit-provider").ShouldBe("mine");
        byName.Header("x-groqkit-model").ShouldBe("small-1");
        using HttpResponseMessage byHeader = await ByHeaderAsync(gateway, "support");
        byHeader.StatusCode.ShouldBe(HttpStatusCode.OK, await byHeader.TextAsync());

        own.Requests.Count.ShouldBe(2);
        RecordedRequest first = own.Requests[0];
        first.Target.ShouldBe("/v1/chat/completions");
        first.Headers["Authorization"].ToString().ShouldBe("Bearer sk-secret-of-mine");
        JsonNode sent = JsonNode.Parse(first.Text)!;
        sent["model"]!.GetValue<string>().ShouldBe("small-1");
        sent["temperature"]!.GetValue<double>().ShouldBe(0.3);
        sent["top_p"]!.GetValue<double>().ShouldBe(0.9);
        sent["messages"]![0]!["content"]!.GetValue<string>().ShouldBe("Hi");
        JsonNode withoutModel = JsonNode.Parse(own.Requests[1].Text)!;
        withoutModel["model"]!.GetValue<string>().ShouldBe("small-1");
        withoutModel["top_p"]!.GetValue<double>().ShouldBe(0.5);
        (await gateway.Usage.NextAsync()).Agent.ShouldBe("support");
    }

    [Fact]
    public async Task A_configured_providers_name_before_a_model_chooses_it()
    {
        await using LoopbackServer own = await ScriptedProvider.StartAsync(Answer.Json(Chunks.Whole));
        await using RunningGateway gateway = await StartAsync(Engine.Sqlite);
        await gateway.PostAsync(
            "/api/providers",
            $$"""{"name":"mine","kind":"openai","baseUrl":"{{own.Address}}v1/"}"""
        );

        using HttpResponseMessage answer = await gateway.ChatAsync(
            """{"model":"mine/org/model-x","messages":[{"role":"user","content":"Hi"}]}"""
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        RecordedRequest sent = own.Requests.ShouldHaveSingleItem();
        sent.Text.ShouldContain("\"org/model-x\"");
        sent.Headers.ContainsKey("Authorization").ShouldBeFalse();
        gateway.Provider.Requests.ShouldBeEmpty();
    }

    [Theory, EveryEngine]
    public async Task An_agent_is_made_read_changed_and_removed(Engine engine)
    {
        await using RunningGateway gateway = await StartAsync(engine);

        await gateway.PostAsync(
            "/api/agents",
            """
            {"name":"voice","description":"Answers the phone","onBreak":"continue","limits":{"requests":{"day":10}},
             "stt":{"provider":"groq","model":"whisper-large-v3-turbo","config":{"language":"en"}},
             "tts":{"provider":"groq","model":"canopylabs/orpheus-v1-english","config":{"voice":"troy"},
                    "fallback":[{"provider":"groq","model":"spare"},{"provider":"groq","model":"last","config":{"voice":"zoë","speed":1.5}}]}}
            """
        );
        AdminAnswer read = await gateway.GetAsync("/api/agents/voice");
        read.Text("description").ShouldBe("Answers the phone");
        read.Text("onBreak").ShouldBe("continue");
        read["llm"].ShouldBeNull();
        read["stt"]!["config"]!["language"]!.GetValue<string>().ShouldBe("en");
        read["tts"]!["model"]!.GetValue<string>().ShouldBe("canopylabs/orpheus-v1-english");
        JsonArray chain = read["tts"]!["fallback"]!.AsArray();
        chain.Select(link => link!["model"]!.GetValue<string>()).ShouldBe(["spare", "last"]);
        chain[0]!["config"]!.AsObject().ShouldBeEmpty();
        chain[1]!["config"]!["voice"]!.GetValue<string>().ShouldBe("zoë");
        chain[1]!["config"]!["speed"]!.GetValue<double>().ShouldBe(1.5);

        AdminAnswer patched = await gateway.AdminAsync(
            HttpMethod.Patch,
            "/api/agents/voice",
            """{"description":"Rings","tts":null}"""
        );
        patched.Text("description").ShouldBe("Rings");
        patched.Text("onBreak").ShouldBe("continue");
        patched["tts"].ShouldBeNull();
        patched["stt"].ShouldNotBeNull();
        AdminAnswer put = await gateway.PutAsync("/api/agents/voice", """{"description":"Fresh"}""");
        put.Text("onBreak").ShouldBe("fail");
        put["stt"].ShouldBeNull();
        (await gateway.GetAsync("/api/agents")).Items("name").ShouldBe(["voice"]);

        (await gateway.DeleteAsync("/api/agents/voice")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await gateway.GetAsync("/api/agents/voice")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await gateway.GetAsync("/api/agents")).Items("name").ShouldBeEmpty();
    }

    [Theory, EveryEngine]
    public async Task Of_two_changes_to_one_version_one_wins_and_the_other_is_told(Engine engine)
    {
        await using RunningGateway gateway = await StartAsync(engine);
        AdminAnswer made = await gateway.PostAsync("/api/agents", """{"name":"a"}""");

        AdminAnswer[] answers = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(i => gateway.PutAsync("/api/agents/a", $$"""{"description":"d{{i}}"}""", ifMatch: made.ETag))
        );

        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(answer => answer.Status == HttpStatusCode.PreconditionFailed).ShouldBe(7);
        (await gateway.GetAsync("/api/agents/a")).ETag.ShouldBe("\"2\"");
    }

    [Fact]
    public async Task The_log_says_who_changed_what_and_shows_no_secret()
    {
        await using RunningGateway gateway = await StartAsync(Engine.Sqlite);
        await gateway.PostAsync("/api/providers", """{"name":"p","kind":"openai","apiKey":"sk-very-secret"}""");
        await gateway.PostAsync("/api/agents", """{"name":"a","llm":{"provider":"p","model":"m"}}""");
        await gateway.PostAsync("/api/agents", """{"name":"a"}""");
        await gateway.DeleteAsync("/api/agents/a");

        AdminAnswer log = await gateway.GetAsync("/api/audit");

        log.Items("action").ShouldBe(["agents.delete", "agents.create", "providers.create"]);
        log.Items("target").ShouldBe(["agents/a", "agents/a", "providers/p"]);
        log.Items("actor").Distinct().ShouldBe(["key_environment"]);
        log["items"]![1]!["details"]!["llm"]!["model"]!.GetValue<string>().ShouldBe("m");
        log.Body.ToJsonString().ShouldNotContain("very-secret");
        AdminAnswer rest = await gateway.GetAsync("/api/audit?limit=2");
        (await gateway.GetAsync($"/api/audit?after={rest["next"]}")).Items("target").ShouldBe(["providers/p"]);
    }

    private async Task<RunningGateway> StartAsync(Engine engine) =>
        await RunningGateway.StartAsync(
            Answer.Json(Chunks.Whole),
            $"--GROQKIT_DATABASE={await databases.CreateAsync(engine)}"
        );

    private static async Task<HttpResponseMessage> ByHeaderAsync(RunningGateway gateway, string agent)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new StringContent("""{"messages":[{"role":"user","content":"Hi"}]}"""),
        };
        request.Headers.Add("x-groqkit-agent", agent);
        return await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
