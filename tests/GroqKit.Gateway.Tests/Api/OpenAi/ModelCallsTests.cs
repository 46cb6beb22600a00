using System.Net;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;

namespace GroqKit.Gateway.Tests.Api.OpenAi;

[Requirement("GW-02")]
public sealed class ModelCallsTests
{
    private const string List =
        """{"object":"list","data":[{"id":"openai/gpt-oss-120b","object":"model","context_window":131072}]}""";
    private const string One = """{"id":"openai/gpt-oss-120b","object":"model"}""";

    [Theory]
    [InlineData("/v1/models")]
    [InlineData("/openai/v1/models")]
    [InlineData("/v1/models/")]
    public async Task The_list_has_the_providers_words_and_what_the_gateway_knows(string path)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(List));

        using HttpResponseMessage answer = await gateway.Client.GetAsync(path, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        JsonArray models = (await answer.JsonAsync())["data"]!.AsArray();
        models.Select(listed => (string?)listed!["id"]).ShouldBe(["openai/gpt-oss-120b", "auto"]);
        JsonNode model = models[0]!;
        ((int)model["context_window"]!).ShouldBe(131072);
        ((string?)model["groqkit"]!["provider"]).ShouldBe("groq");
        model["groqkit"]!["capabilities"]!.AsArray().Select(item => (string?)item).ShouldContain("tools");
        ((decimal)model["groqkit"]!["prices"]!["inputPerMillion"]!).ShouldBeGreaterThan(0);
        model["groqkit"]!["prices"]!["audioPerHour"].ShouldBeNull();
        answer.Header("x-groqkit-provider").ShouldBe("groq");
        gateway.Provider.Requests.ShouldHaveSingleItem().Target.ShouldBe("/openai/v1/models");
        (await gateway.Usage.NextAsync()).Operation.ShouldBe(Operation.Models);
    }

    [Theory]
    [InlineData("/v1/models/openai/gpt-oss-120b")]
    [InlineData("/v1/models/openai%2Fgpt-oss-120b")]
    [InlineData("/openai/v1/models/openai%2fgpt-oss-120b")]
    [InlineData("/v1/models/groq/openai/gpt-oss-120b")]
    public async Task One_model_is_found_however_its_slash_is_written(string path)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(One));

        using HttpResponseMessage answer = await gateway.Client.GetAsync(path, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        ((string?)(await answer.JsonAsync())["id"]).ShouldBe("openai/gpt-oss-120b");
        answer.Header("x-groqkit-model").ShouldBe("openai/gpt-oss-120b");
        gateway.Provider.Requests.ShouldHaveSingleItem().Target.ShouldBe("/openai/v1/models/openai%2Fgpt-oss-120b");
    }

    [Theory]
    [InlineData("/v1/models/a%20b")]
    [InlineData("/v1/models/..%2F..%2Fadmin")]
    [InlineData("/v1/models/%0d%0ax-injected:1")]
    [InlineData("/v1/models/m?")]
    public async Task A_name_that_is_none_goes_nowhere_odd(string path)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(One));

        using HttpResponseMessage answer = await gateway.Client.GetAsync(path, TestContext.Current.CancellationToken);

        if (path.EndsWith('?'))
        {
            gateway.Provider.Requests.ShouldHaveSingleItem().Target.ShouldBe("/openai/v1/models/m");
            return;
        }
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)(await answer.ErrorAsync())["param"]).ShouldBe("id");
        gateway.Provider.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_list_joins_all_providers_and_agents_under_the_names_that_calls_use()
    {
        await using LoopbackServer voices = await ScriptedProvider.StartAsync(
            Answer.Json("""[{"model_id":"eleven_v3","name":"Eleven v3"}]""")
        );
        await using LoopbackServer other = await ScriptedProvider.StartAsync(
            Answer.Json("""{"object":"list","data":[{"id":"gpt-6","object":"model","created":7,"owned_by":"x"}]}""")
        );
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(List));
        await gateway.PostAsync(
            "/api/providers",
            $$"""{"name":"voices","kind":"elevenlabs","baseUrl":"{{voices.Address}}","apiKey":"xi-secret"}"""
        );
        await gateway.PostAsync(
            "/api/providers",
            $$"""{"name":"oa","kind":"openai","baseUrl":"{{other.Address}}","apiKey":"sk-secret"}"""
        );
        await gateway.PostAsync("/api/providers", """{"name":"gone","kind":"openai","baseUrl":"http://127.0.0.1:1"}""");
        await gateway.PostAsync("/api/agents", """{"name":"helper","llm":{"provider":"oa","model":"gpt-6"}}""");

        using HttpResponseMessage answer = await gateway.Client.GetAsync(
            "/v1/models",
            TestContext.Current.CancellationToken
        );

        (await answer.JsonAsync())["data"]!
            .AsArray()
            .Select(model => (string?)model!["id"])
            .ShouldBe(["openai/gpt-oss-120b", "oa/gpt-6", "voices/eleven_v3", "agent/helper", "auto"]);
        answer.Header("x-groqkit-unavailable").ShouldBe("gone");
        voices.Requests.ShouldHaveSingleItem().Headers["xi-api-key"].ShouldBe("xi-secret");
        voices.Requests[0].Headers.ContainsKey("Authorization").ShouldBeFalse();
        other.Requests.ShouldHaveSingleItem().Headers["Authorization"].ShouldBe("Bearer sk-secret");
    }

    [Fact]
    public async Task A_list_is_asked_for_again_only_after_a_minute_and_stands_while_its_provider_fails()
    {
        var time = new ManualTimeProvider();
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.InTurn(Answer.Json(List), Answer.Json("{}", 500)),
            time
        );
        for (int i = 0; i < 3; i++)
        {
            using HttpResponseMessage answer = await gateway.Client.GetAsync(
                "/v1/models",
                TestContext.Current.CancellationToken
            );
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await answer.TextAsync()).ShouldContain("gpt-oss-120b");
            if (i == 1)
            {
                gateway.Provider.Requests.Count.ShouldBe(1);
                time.Advance(TimeSpan.FromSeconds(61));
            }
        }
        gateway.Provider.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_list_that_nobody_can_tell_is_an_error()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json("{}", 500));

        using HttpResponseMessage answer = await gateway.Client.GetAsync(
            "/v1/models",
            TestContext.Current.CancellationToken
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        ((string?)(await answer.ErrorAsync())["code"]).ShouldBe("upstream_unreachable");
    }

    [Fact]
    public async Task An_unknown_model_is_told_in_the_providers_words()
    {
        const string Unknown =
            """{"error":{"message":"No such model","type":"invalid_request_error","code":"model_not_found"}}""";
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Unknown, 404));

        using HttpResponseMessage answer = await gateway.Client.GetAsync(
            "/v1/models/m",
            TestContext.Current.CancellationToken
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.TextAsync()).ShouldBe(Unknown);
    }
}
