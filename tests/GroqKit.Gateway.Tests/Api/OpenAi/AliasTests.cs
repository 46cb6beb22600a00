using System.Net;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Infrastructure.Configuration;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;

namespace GroqKit.Gateway.Tests.Api.OpenAi;

[Requirement("GW-02", "PR-12")]
public sealed class AliasTests(TestDatabases databases)
{
    private const string Messages = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

    [Theory, EveryEngine]
    public async Task An_alias_is_made_asked_changed_and_removed_without_a_restart(Engine engine)
    {
        await using RunningGateway gateway = await StartAsync(engine);
        AdminAnswer made = await gateway.PostAsync(
            "/api/aliases",
            """{"name":"Team/Quick","models":[{"provider":"groq","model":"openai/gpt-oss-20b"}]}"""
        );

        made.Status.ShouldBe(HttpStatusCode.Created, made.Body.ToString());
        made.Text("name").ShouldBe("team/quick");
        (await AskAsync(gateway, "TEAM/quick")).ShouldBe("openai/gpt-oss-20b");
        AdminAnswer changed = await gateway.PutAsync(
            "/api/aliases/team%2Fquick",
            """{"models":[{"provider":"groq","model":"openai/gpt-oss-120b"}]}"""
        );
        changed.Status.ShouldBe(HttpStatusCode.OK, changed.Body.ToString());
        changed.ETag.ShouldBe("\"2\"");
        (await AskAsync(gateway, "team/quick")).ShouldBe("openai/gpt-oss-120b");
        (await gateway.GetAsync("/api/aliases")).Items("name").ShouldBe(["team/quick"]);
        (await gateway.GetAsync("/api/aliases/team%2Fquick"))["models"]![0]!["model"]!
            .GetValue<string>()
            .ShouldBe("openai/gpt-oss-120b");
        (await gateway.DeleteAsync("/api/aliases/team%2Fquick")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await AskAsync(gateway, "team/quick")).ShouldBe("team/quick");
    }

    [Fact]
    public async Task An_alias_may_stand_for_an_agent_and_hide_a_model_of_its_name()
    {
        await using RunningGateway gateway = await StartAsync(Engine.Sqlite);
        await gateway.PostAsync(
            "/api/agents",
            """{"name":"support","llm":{"provider":"groq","model":"openai/gpt-oss-20b","config":{"temperature":0.1}}}"""
        );
        AdminAnswer made = await gateway.PostAsync(
            "/api/aliases",
            """{"name":"openai/gpt-oss-120b","models":[{"provider":"agent","model":"support"}]}"""
        );

        made.Status.ShouldBe(HttpStatusCode.Created, made.Body.ToString());
        (await AskAsync(gateway, "openai/gpt-oss-120b")).ShouldBe("openai/gpt-oss-20b");
        gateway.Provider.Requests[0].Text.ShouldContain("\"temperature\":0.1");
        (await gateway.Usage.NextAsync()).Agent.ShouldBe("support");
    }

    [Fact]
    public async Task What_an_alias_stands_for_is_not_removed_under_it()
    {
        await using RunningGateway gateway = await StartAsync(Engine.Sqlite);
        await gateway.PostAsync("/api/providers", """{"name":"mine","kind":"openai"}""");
        await gateway.PostAsync("/api/agents", """{"name":"helper"}""");
        await gateway.PostAsync("/api/aliases", """{"name":"a","models":[{"provider":"mine","model":"m"}]}""");
        await gateway.PostAsync("/api/aliases", """{"name":"b","models":[{"provider":"agent","model":"helper"}]}""");

        AdminAnswer refused = await gateway.DeleteAsync("/api/providers/mine");
        refused.Error["message"]!.GetValue<string>().ShouldContain("alias 'a'");
        (await gateway.DeleteAsync("/api/agents/helper")).Status.ShouldBe(HttpStatusCode.Conflict);
        await gateway.DeleteAsync("/api/aliases/b");
        (await gateway.DeleteAsync("/api/agents/helper")).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task The_operators_file_sets_aliases_and_turns_openais_older_names_on()
    {
        using var folder = new TempDirectory();
        string file = Path.Combine(folder.FullPath, "groqkit.yaml");
        await File.WriteAllTextAsync(
            file,
            """
            openai_names: true
            aliases:
              house: groq/openai/gpt-oss-20b
              gpt-4.1: groq/qwen/qwen3.8-27b
            """,
            TestContext.Current.CancellationToken
        );
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Json(Chunks.Whole),
            $"--GROQKIT_CONFIG={file}"
        );

        (await AskAsync(gateway, "house")).ShouldBe("openai/gpt-oss-20b");
        (await AskAsync(gateway, "gpt-4")).ShouldBe("openai/gpt-oss-120b");
        (await AskAsync(gateway, "gpt-4.1")).ShouldBe("qwen/qwen3.8-27b");
        using HttpResponseMessage spoken = await gateway.PostJsonAsync(
            "/v1/audio/speech",
            """{"model":"tts-1","input":"Hello","voice":"autumn"}"""
        );
        spoken.Header("x-groqkit-model").ShouldBe("canopylabs/orpheus-v1-english");
    }

    [Fact]
    public async Task Nobody_elses_names_are_taken_unless_the_operator_says_so()
    {
        await using RunningGateway gateway = await StartAsync(Engine.Sqlite);

        (await AskAsync(gateway, "gpt-4")).ShouldBe("gpt-4");
    }

    [Fact]
    public async Task The_list_of_models_shows_aliases_and_auto_and_one_can_be_asked_for()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Json(
                """{"object":"list","data":[{"id":"openai/gpt-oss-20b","object":"model","owned_by":"OpenAI"}]}"""
            )
        );
        await gateway.PostAsync(
            "/api/aliases",
            """{"name":"quick","models":[{"provider":"groq","model":"openai/gpt-oss-20b"}]}"""
        );

        using HttpResponseMessage list = await gateway.Client.GetAsync(
            "/v1/models",
            TestContext.Current.CancellationToken
        );
        JsonArray models = (await list.JsonAsync())["data"]!.AsArray();
        models.Select(model => model!["id"]!.GetValue<string>()).ShouldBe(["openai/gpt-oss-20b", "auto", "quick"]);
        models[2]!["groqkit"]!["models"]![0]!.GetValue<string>().ShouldBe("groq/openai/gpt-oss-20b");
        using HttpResponseMessage one = await gateway.Client.GetAsync(
            "/v1/models/Quick",
            TestContext.Current.CancellationToken
        );
        (await one.JsonAsync())["id"]!.GetValue<string>().ShouldBe("quick");
    }

    [Theory]
    [InlineData("""{"models":[{"provider":"groq","model":"m"}]}""", "name")]
    [InlineData("""{"name":"agent/x","models":[{"provider":"groq","model":"m"}]}""", "name")]
    [InlineData("""{"name":"a b","models":[{"provider":"groq","model":"m"}]}""", "name")]
    [InlineData("""{"name":"x"}""", "models")]
    [InlineData("""{"name":"x","models":[]}""", "models")]
    [InlineData("""{"name":"x","models":[{"provider":"nobody","model":"m"}]}""", "models[0].provider")]
    [InlineData("""{"name":"x","models":[{"provider":"agent","model":"nobody"}]}""", "models[0].model")]
    [InlineData(
        """{"name":"x","models":[{"provider":"groq","model":"m"},{"provider":"groq","model":"m"}]}""",
        "models[1].model"
    )]
    [InlineData("""{"name":"x","models":[{"provider":"groq","model":"m"}],"budget":0}""", "budget")]
    [InlineData("""{"name":"x","models":[{"provider":"groq","model":"m"}],"latencyTargetMs":0}""", "latencyTargetMs")]
    [InlineData("""{"name":"x","model":"m"}""", "model")]
    public async Task A_wrong_alias_is_refused_by_the_name_of_its_field(string body, string param)
    {
        await using RunningGateway gateway = await StartAsync(Engine.Sqlite);

        AdminAnswer refused = await gateway.PostAsync("/api/aliases", body);

        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        refused.Error["param"]!.GetValue<string>().ShouldBe(param);
        (await gateway.GetAsync("/api/aliases")).Items("name").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("x: nothing", "aliases:x")]
    [InlineData("agent/x: groq/m", "aliases:agent/x")]
    [InlineData("x: [agent/a, groq/m]", "aliases:x")]
    public async Task A_wrong_alias_in_the_file_keeps_the_gateway_from_starting(string line, string path)
    {
        using var folder = new TempDirectory();
        string file = Path.Combine(folder.FullPath, "groqkit.yaml");
        await File.WriteAllTextAsync(file, $"aliases:\n  {line}\n", TestContext.Current.CancellationToken);

        var wrong = await Should.ThrowAsync<SettingsException>(() =>
            RunningGateway.StartAsync(Answer.Json(Chunks.Whole), $"--GROQKIT_CONFIG={file}")
        );

        wrong.Errors.ShouldHaveSingleItem().ShouldStartWith(path);
    }

    private async Task<RunningGateway> StartAsync(Engine engine) =>
        await RunningGateway.StartAsync(
            Answer.Json(Chunks.Whole),
            $"--GROQKIT_DATABASE={await databases.CreateAsync(engine)}"
        );

    private static async Task<string?> AskAsync(RunningGateway gateway, string model)
    {
        using HttpResponseMessage answer = await gateway.ChatAsync($$"""{"model":"{{model}}",{{Messages}}}""");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        return answer.Header("x-groqkit-model");
    }
}
