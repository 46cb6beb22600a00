using System.Net;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;

namespace GroqKit.Gateway.Tests.Api.OpenAi;

[Requirement("GW-02")]
public sealed class JsonCallsTests
{
    private const string Vectors =
        """{"object":"list","data":[{"object":"embedding","index":0,"embedding":"AACAPw=="}],"model":"m","usage":{"prompt_tokens":8,"total_tokens":8}}""";

    [Theory]
    [InlineData("/v1/embeddings")]
    [InlineData("/openai/v1/embeddings")]
    public async Task An_embedding_is_forwarded_byte_for_byte_and_accounted(string path)
    {
        const string Call =
            """{ "model":"nomic-embed-text-v1_5", "input":["a","b"], "encoding_format":"base64", "new_one": 1 }""";
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Vectors));

        using HttpResponseMessage answer = await gateway.PostJsonAsync(path, Call);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.TextAsync()).ShouldBe(Vectors);
        RecordedRequest sent = gateway.Provider.Requests.ShouldHaveSingleItem();
        sent.Target.ShouldBe("/openai/v1/embeddings");
        sent.Text.ShouldBe(Call);
        sent.Headers["Authorization"].ShouldBe("Bearer " + RunningGateway.ProviderKey);
        UsageRecord record = await gateway.Usage.NextAsync();
        record.Operation.ShouldBe(Operation.Embeddings);
        record.Usage.Prompt.ShouldBe(8);
        record.Model.ShouldBe("nomic-embed-text-v1_5");
        answer.Header("x-groqkit-dropped").ShouldBeNull();
    }

    [Fact]
    public async Task Documents_are_ranked_by_whoever_can()
    {
        const string Ranked = """{"results":[{"doc":"b","score":0.9},{"doc":"a","score":0.1}]}""";
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Ranked));

        using HttpResponseMessage answer = await gateway.PostJsonAsync(
            "/v1/reranking",
            """{"model":"qwen3-reranker-4b","query":"q","docs":["a","b"]}"""
        );

        (await answer.TextAsync()).ShouldBe(Ranked);
        UsageRecord record = await gateway.Usage.NextAsync();
        record.Operation.ShouldBe(Operation.Reranking);
        record.Estimated.ShouldBeTrue();
    }

    [Fact]
    public async Task What_a_provider_would_refuse_is_left_out_for_it_and_told()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Vectors));

        using HttpResponseMessage answer = await gateway.PostJsonAsync(
            "/v1/embeddings",
            """{"model":"groq/nomic","input":"a","dimensions":256,"user":"ann"}"""
        );

        answer.Header("x-groqkit-dropped").ShouldBe("dimensions");
        gateway
            .Provider.Requests.ShouldHaveSingleItem()
            .Text.ShouldBe("""{"input":"a","user":"ann","model":"nomic"}""");
        (await gateway.Usage.NextAsync()).EndUser.ShouldBe("ann");
    }

    [Fact]
    public async Task A_provider_that_knows_it_gets_it()
    {
        await using LoopbackServer other = await ScriptedProvider.StartAsync(Answer.Json(Vectors));
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Vectors));
        await gateway.PostAsync("/api/providers", $$"""{"name":"oa","kind":"openai","baseUrl":"{{other.Address}}"}""");

        using HttpResponseMessage answer = await gateway.PostJsonAsync(
            "/v1/embeddings",
            """{"model":"oa/text-embedding-3-small","input":"a","dimensions":256}"""
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Header("x-groqkit-provider").ShouldBe("oa");
        JsonNode sent = JsonNode.Parse(other.Requests.ShouldHaveSingleItem().Text)!;
        ((int)sent["dimensions"]!).ShouldBe(256);
        ((string?)sent["model"]).ShouldBe("text-embedding-3-small");
        other.Requests[0].Target.ShouldBe("/v1/embeddings");
    }

    [Fact]
    public async Task An_agents_chain_and_settings_serve_embeddings_too()
    {
        await using LoopbackServer broken = await ScriptedProvider.StartAsync(Answer.Json("{}", 500));
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Vectors));
        await gateway.PostAsync("/api/providers", $$"""{"name":"oa","kind":"openai","baseUrl":"{{broken.Address}}"}""");
        await gateway.PostAsync(
            "/api/agents",
            """{"name":"vec","llm":{"provider":"oa","model":"e1","config":{"user":"of-agent"},"fallback":[{"provider":"groq","model":"e2"}]}}"""
        );

        using HttpResponseMessage answer = await gateway.PostJsonAsync(
            "/v1/embeddings",
            """{"input":"a"}""",
            ("x-groqkit-agent", "vec")
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        answer.Header("x-groqkit-fallback").ShouldBe("oa/e1: server_error");
        answer.Header("x-groqkit-model").ShouldBe("e2");
        JsonNode sent = JsonNode.Parse(gateway.Provider.Requests.ShouldHaveSingleItem().Text)!;
        ((string?)sent["model"]).ShouldBe("e2");
        ((string?)sent["user"]).ShouldBe("of-agent");
    }

    [Theory]
    [InlineData("embeddings", """{"input":"a"}""", "missing_required_parameter", "model")]
    [InlineData("embeddings", """{"model":"m"}""", "missing_required_parameter", "input")]
    [InlineData("embeddings", """{"model":"m","input":null}""", "missing_required_parameter", "input")]
    [InlineData("embeddings", """{"model":"m","input":""}""", "invalid_value", "input")]
    [InlineData("embeddings", """{"model":"m","input":[]}""", "invalid_value", "input")]
    [InlineData("embeddings", """{"model":"m","input":7}""", "invalid_type", "input")]
    [InlineData("embeddings", """{"model":"m","input":"a","dimensions":0}""", "invalid_value", "dimensions")]
    [InlineData("embeddings", """{"model":"m","input":"a","dimensions":1.5}""", "invalid_type", "dimensions")]
    [InlineData("embeddings", """{"model":"m","model":"n","input":"a"}""", "duplicate_parameter", "model")]
    [InlineData("embeddings", """{"model":"m","mod\u0065l":"n","input":"a"}""", "duplicate_parameter", "model")]
    [InlineData("embeddings", """{"model":"a b","input":"a"}""", "invalid_value", "model")]
    [InlineData("embeddings", """{"model":"agent/none","input":"a"}""", "model_not_found", "model")]
    [InlineData("embeddings", """{"model":"m","input":"a"} x""", "invalid_json", null)]
    [InlineData("embeddings", "[]", "invalid_json", null)]
    [InlineData("embeddings", "", "invalid_json", null)]
    [InlineData("embeddings", """{"model":"m","input":"\ud800"}""", "invalid_json", null)]
    [InlineData("embeddings", """{"model":"\udc00","input":["a"]}""", "invalid_json", null)]
    [InlineData("completions", """{"model":"m","prompt":["\ud800"]}""", "invalid_json", null)]
    [InlineData("responses", """{"model":"m","input":"a","instructions":"\ud800"}""", "invalid_json", null)]
    [InlineData("audio/speech", """{"model":"m","voice":"v","input":"\ud800"}""", "invalid_json", null)]
    [InlineData("reranking", """{"model":"m","query":"q"}""", "missing_required_parameter", "docs")]
    [InlineData("reranking", """{"model":"m","query":"q","docs":"d"}""", "invalid_type", "docs")]
    [InlineData("reranking", """{"model":"m","query":["q"],"docs":["d"]}""", "invalid_type", "query")]
    public async Task Bad_input_names_its_field_and_reaches_nobody(string path, string body, string code, string? param)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Vectors));

        using HttpResponseMessage answer = await gateway.PostJsonAsync("/v1/" + path, body);

        JsonObject error = await answer.ErrorAsync();
        ((string?)error["code"]).ShouldBe(code, error.ToJsonString());
        ((string?)error["param"]).ShouldBe(param);
        ((int)answer.StatusCode).ShouldBeInRange(400, 404);
        gateway.Provider.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Deep_and_long_bodies_are_refused()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Json(Vectors),
            "--GroqKit:Limits:JsonBytes=2000"
        );
        string deep = new string('[', 70) + new string(']', 70);

        using HttpResponseMessage nested = await gateway.PostJsonAsync(
            "/v1/embeddings",
            $$"""{"model":"m","input":{{deep}}}"""
        );
        using HttpResponseMessage many = await gateway.PostJsonAsync(
            "/v1/embeddings",
            $$"""{"model":"m","input":[{{string.Join(',', Enumerable.Repeat("1", 700))}}]}"""
        );
        using HttpResponseMessage large = await gateway.PostJsonAsync(
            "/v1/embeddings",
            $$"""{"model":"m","input":"{{new string('x', 2000)}}"}"""
        );

        ((string?)(await nested.ErrorAsync())["code"]).ShouldBe("invalid_json");
        many.StatusCode.ShouldBe(HttpStatusCode.OK);
        large.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        ((string?)(await large.ErrorAsync())["param"]).ShouldBe("body");
        gateway.Provider.Requests.Count.ShouldBe(1);
    }
}
