using System.Net;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;

namespace GroqKit.Gateway.Tests.Api.OpenAi;

[Requirement("GW-02", "PR-13")]
public sealed class ModelChoiceTests
{
    private const string Plain = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

    private const string Image =
        "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"What is it?\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://example.com/a.png\"}}]}]";

    private const string Code = "\"messages\":[{\"role\":\"user\",\"content\":\"Why?\\n```\\nint x;\\n```\"}]";

    private const string Tools =
        Plain + ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{}}}]";

    private const string ServerTools = Plain + ",\"tools\":[{\"type\":\"browser_search\"}]";

    private const string Schema =
        Plain
        + ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"schema\":{\"type\":\"object\"}}}";

    [Theory]
    [InlineData(Plain, "openai/gpt-oss-20b", "plain, so the cheapest")]
    [InlineData(Code, "qwen/qwen3.8-27b", "demanding (code), so the strongest")]
    [InlineData(Image, "qwen/qwen3.8-27b", "groq/openai/gpt-oss-20b (lacks vision)")]
    public async Task Auto_finds_the_model_that_fits_and_says_why(string request, string model, string reason)
    {
        await using RunningGateway gateway = await StartAsync();

        using HttpResponseMessage answer = await AskAsync(gateway, "auto", request);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        answer.Header("x-groqkit-model").ShouldBe(model);
        answer.Header("x-groqkit-choice").ShouldNotBeNull().ShouldContain(reason);
        JsonNode.Parse(gateway.Provider.Requests.ShouldHaveSingleItem().Text)!["model"]!
            .GetValue<string>()
            .ShouldBe(model);
        (await gateway.Usage.NextAsync()).Model.ShouldBe(model);
    }

    [Fact]
    public async Task Auto_asks_the_next_best_when_the_best_fails()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.InTurn(Answer.Json("""{"error":{"message":"down"}}""", 503), Answer.Json(Chunks.Whole))
        );

        using HttpResponseMessage answer = await AskAsync(gateway, "auto", Plain);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        answer.Header("x-groqkit-model").ShouldBe("openai/gpt-oss-120b");
        answer.Header("x-groqkit-fallback").ShouldNotBeNull().ShouldContain("gpt-oss-20b");
    }

    [Fact]
    public async Task Whoever_has_little_left_of_its_limit_is_asked_after_the_others()
    {
        var time = new ManualTimeProvider();
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Json(
                Chunks.Whole,
                200,
                ("x-ratelimit-limit-requests", "1000"),
                ("x-ratelimit-remaining-requests", "1"),
                ("x-ratelimit-reset-requests", "1h")
            ),
            time
        );
        var served = new List<string?>();

        for (int i = 0; i < 3; i++)
        {
            using HttpResponseMessage answer = await AskAsync(gateway, "auto", Plain);
            served.Add(answer.Header("x-groqkit-model"));
            // Limits are looked at a few times a second.
            time.Advance(TimeSpan.FromSeconds(1));
        }

        served.ShouldBe(["openai/gpt-oss-20b", "openai/gpt-oss-120b", "qwen/qwen3.8-27b"]);
        for (int i = 0; i < 3; i++)
            (await gateway.Usage.NextAsync()).Model.ShouldBe(served[i]);
    }

    [Fact]
    public async Task An_alias_for_several_models_keeps_to_its_budget()
    {
        await using RunningGateway gateway = await StartAsync();
        await gateway.PostAsync(
            "/api/aliases",
            """
            {"name":"coder","budget":0.00025,"models":[
              {"provider":"groq","model":"qwen/qwen3.8-27b"},{"provider":"groq","model":"openai/gpt-oss-20b"}]}
            """
        );

        using HttpResponseMessage answer = await AskAsync(gateway, "coder", Code);

        answer.Header("x-groqkit-model").ShouldBe("openai/gpt-oss-20b");
        answer.Header("x-groqkit-choice").ShouldNotBeNull().ShouldContain("beyond the budget");
    }

    [Theory]
    [InlineData(Image, "vision")]
    [InlineData(Tools, "tools")]
    [InlineData(Schema, "json_schema")]
    public async Task A_model_that_lacks_what_a_request_needs_is_refused_before_it_is_asked(
        string request,
        string lacking
    )
    {
        await using RunningGateway gateway = await StartAsync();
        string model = lacking == "vision" ? "openai/gpt-oss-120b" : "groq/compound";

        using HttpResponseMessage answer = await AskAsync(gateway, model, request);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        JsonObject error = await answer.ErrorAsync();
        error["code"]!.GetValue<string>().ShouldBe("model_lacks_capability");
        error["param"]!.GetValue<string>().ShouldBe("model");
        error["message"]!.GetValue<string>().ShouldContain($"groq/{model} lacks {lacking}");
        gateway.Provider.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("groq/openai/gpt-oss-120b", Image)]
    [InlineData("model-of-tomorrow", Image)]
    [InlineData("model-of-tomorrow", Tools)]
    [InlineData("groq/compound", ServerTools)]
    [InlineData("openai/gpt-oss-120b", Schema)]
    public async Task A_model_is_asked_when_nothing_is_known_against_it_or_its_provider_is_named(
        string model,
        string request
    )
    {
        await using RunningGateway gateway = await StartAsync();

        using HttpResponseMessage answer = await AskAsync(gateway, model, request);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        answer.Header("x-groqkit-choice").ShouldBeNull();
    }

    [Fact]
    public async Task A_chain_is_asked_from_the_first_model_on_that_can_do_it()
    {
        await using RunningGateway gateway = await StartAsync();
        await gateway.PostAsync(
            "/api/agents",
            """
            {"name":"a","llm":{"provider":"groq","model":"openai/gpt-oss-120b",
             "fallback":[{"provider":"groq","model":"qwen/qwen3.8-27b"}]}}
            """
        );

        using HttpResponseMessage sees = await AskAsync(gateway, "agent/a", Image);
        using HttpResponseMessage reads = await AskAsync(gateway, "agent/a", Plain);

        sees.Header("x-groqkit-model").ShouldBe("qwen/qwen3.8-27b");
        sees.Header("x-groqkit-choice").ShouldBe("groq/qwen/qwen3.8-27b: groq/openai/gpt-oss-120b lacks vision");
        reads.Header("x-groqkit-model").ShouldBe("openai/gpt-oss-120b");
        reads.Header("x-groqkit-choice").ShouldBeNull();
    }

    [Theory]
    [InlineData("agent/a", "openai/gpt-oss-120b")]
    [InlineData("auto", "openai/gpt-oss-20b")]
    public async Task Another_order_of_the_chain_is_guarded_as_the_first_was(string name, string first)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Json(Chunks.Whole),
            "--GroqKit:Privacy:Default=mask"
        );
        await gateway.PostAsync(
            "/api/agents",
            $$"""
            {"name":"a","llm":{"provider":"groq","model":"{{first}}",
             "fallback":[{"provider":"groq","model":"qwen/qwen3.8-27b"}] } }
            """
        );

        using HttpResponseMessage answer = await AskAsync(
            gateway,
            name,
            Image.Replace("What is it?", "Is this jane.doe@example.com?")
        );

        answer.Header("x-groqkit-model").ShouldBe("qwen/qwen3.8-27b");
        gateway.Provider.Requests.ShouldHaveSingleItem().Text.ShouldNotContain("jane.doe@example.com");
    }

    [Fact]
    public async Task No_candidate_that_fits_is_a_refusal_with_the_reason_for_each()
    {
        await using RunningGateway gateway = await StartAsync();
        await gateway.PostAsync(
            "/api/aliases",
            """
            {"name":"blind","models":[
              {"provider":"groq","model":"openai/gpt-oss-20b"},{"provider":"groq","model":"openai/gpt-oss-120b"}]}
            """
        );

        using HttpResponseMessage answer = await AskAsync(gateway, "blind", Image);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        string message = (await answer.ErrorAsync())["message"]!.GetValue<string>();
        message.ShouldContain("groq/openai/gpt-oss-20b (lacks vision)");
        message.ShouldContain("groq/openai/gpt-oss-120b (lacks vision)");
    }

    [Fact]
    public async Task Responses_are_chosen_for_as_chats_are()
    {
        await using RunningGateway gateway = await StartAsync();

        using HttpResponseMessage answer = await gateway.PostJsonAsync(
            "/v1/responses",
            """{"model":"auto","input":[{"role":"user","content":[{"type":"input_image","image_url":"https://example.com/a.png"}]}]}"""
        );

        answer.Header("x-groqkit-model").ShouldBe("qwen/qwen3.8-27b");
    }

    [Theory]
    [InlineData("/v1/embeddings", """{"model":"auto","input":"Hi"}""")]
    [InlineData("/v1/audio/speech", """{"model":"auto","input":"Hi","voice":"autumn"}""")]
    public async Task Auto_is_for_conversations_only(string path, string body)
    {
        await using RunningGateway gateway = await StartAsync();

        using HttpResponseMessage answer = await gateway.PostJsonAsync(path, body);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.ErrorAsync())["message"]!.GetValue<string>().ShouldContain("'auto'");
        gateway.Provider.Requests.ShouldBeEmpty();
    }

    private static Task<RunningGateway> StartAsync() => RunningGateway.StartAsync(Answer.Json(Chunks.Whole));

    private static Task<HttpResponseMessage> AskAsync(RunningGateway gateway, string model, string request) =>
        gateway.ChatAsync($$"""{"model":"{{model}}",{{request}}}""");
}
