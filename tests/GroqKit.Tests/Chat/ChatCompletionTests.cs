using System.Text.Json;
using GroqKit.Chat;
using GroqKit.Json;

namespace GroqKit.Tests.Chat;

[Requirement("CL-10", "CL-11")]
public sealed class ChatCompletionTests
{
    internal const string Everything = """
        {"id":"chatcmpl-1","object":"chat.completion","created":1790000000,"model":"openai/gpt-oss-120b","choices":[{"index":0,
        "finish_reason":"tool_calls","logprobs":{"content":[{"token":"a","logprob":-0.5,"bytes":[97],"top_logprobs":[
        {"token":"b","logprob":-1,"bytes":null}]}]},"message":{"role":"assistant","content":"text","reasoning":"thought",
        "tool_calls":[{"id":"fc_1","type":"function","function":{"name":"f","arguments":"{}","odd":1},"odd":2}],
        "function_call":{"name":"g","arguments":"[]"},"executed_tools":[{"index":0,"type":"search","name":"browser.search",
        "arguments":"{}","output":null,"search_results":{"results":[{"title":"t","url":"https://a.b","content":"c","score":0.9}],
        "images":["https://a.b/i.png"]},"code_results":[{"text":"1","png":"AA==","chart":{"type":"bar","title":"T","x_label":"x",
        "y_label":"y","x_unit":"s","y_unit":"m","x_ticks":[1,2],"y_ticks":["a"],"x_tick_labels":["1"],"y_tick_labels":["2"],
        "x_scale":"linear","y_scale":"log","elements":[{"label":"l","group":"g","value":1.5,"points":[[1,2],["x",3]],"angle":1,
        "radius":2,"min":0,"first_quartile":1,"median":2,"third_quartile":3,"max":4,"outliers":[9]}]},"charts":[{"type":"holo",
        "elements":[]}]}],"browser_results":[{"url":"https://a.b","title":"t","content":"c","live_view_url":"https://l"}]}],
        "annotations":[{"type":"document_citation","document_citation":{"start_index":1,"end_index":2,"document_id":"d"}},
        {"type":"function_citation","function_citation":{"start_index":3,"end_index":4,"tool_call_id":"c"}}],"new_field":[1]}}],
        "usage":{"queue_time":0.05,"prompt_tokens":90,"prompt_time":0.004,"completion_tokens":40,"completion_time":0.08,
        "total_tokens":130,"total_time":0.084,"prompt_tokens_details":{"cached_tokens":64},
        "completion_tokens_details":{"reasoning_tokens":18}},"usage_breakdown":{"models":[{"model":"m","usage":{
        "prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}]},"system_fingerprint":"fp_1","service_tier":"on_demand",
        "mcp_list_tools":[{"id":"l","type":"mcp_list_tools","server_label":"s","tools":[{"name":"n","description":"d",
        "input_schema":{"type":"object"},"annotations":{"readOnlyHint":true}}]}],"x_groq":{"id":"req_1","seed":123456,
        "usage":{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0,"sram_cached_tokens":5,"dram_cached_tokens":6},"debug":{
        "input_token_ids":[1],"input_tokens":["a"],"output_token_ids":[2],"output_tokens":["b"]}},"brand_new":{"x":1}}
        """;

    [Fact]
    public async Task Every_field_is_read_and_written_back_without_loss()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(
            200,
            Everything,
            ("x-request-id", "req_1"),
            ("x-groq-region", "dls"),
            ("x-ratelimit-limit-requests", "1000"),
            ("x-ratelimit-limit-tokens", "8000"),
            ("x-ratelimit-remaining-requests", "999"),
            ("x-ratelimit-remaining-tokens", "7650"),
            ("x-ratelimit-reset-requests", "1m26.4s"),
            ("x-ratelimit-reset-tokens", "2.085s"),
            ("x-ratelimit-limit-audio-seconds", "7200"),
            ("x-ratelimit-remaining-audio-seconds", "7190.5"),
            ("x-ratelimit-reset-audio-seconds", "nonsense")
        );
        using GroqClient client = Clients.For(server);

        ChatCompletion answer = await client.Chat.CreateAsync(Requests.Hello);

        string written = JsonSerializer.Serialize(answer, GroqJson.Context.ChatCompletion);
        JsonElement.DeepEquals(ChatRequestSamples.Json(written), WithoutNulls(Everything)).ShouldBeTrue(written);
        answer.AdditionalProperties!.Keys.ShouldBe(["brand_new"]);
        answer.Message!.AdditionalProperties!.Keys.ShouldBe(["new_field"]);
        answer.Text.ShouldBe("text");
        answer.FinishReason.ShouldBe(FinishReason.ToolCalls);
        answer.Usage!.CachedTokens.ShouldBe(64);
        answer.Usage.ReasoningTokens.ShouldBe(18);
        answer.Usage.TokensPerSecond!.Value.ShouldBe(500, 1e-9);
        answer.Metadata.RequestId.ShouldBe("req_1");
        answer.Metadata.Region.ShouldBe("dls");
        answer.Metadata.Attempts.ShouldBe(1);
        answer.Metadata.Elapsed.ShouldBeGreaterThan(TimeSpan.Zero);
        answer.Metadata.RateLimits.ShouldBe(
            new RateLimits
            {
                LimitRequests = 1000,
                LimitTokens = 8000,
                RemainingRequests = 999,
                RemainingTokens = 7650,
                ResetRequests = TimeSpan.FromSeconds(86.4),
                ResetTokens = TimeSpan.FromSeconds(2.085),
                LimitAudioSeconds = 7200,
                RemainingAudioSeconds = 7190.5,
            }
        );
        answer.Metadata.Headers.ShouldContain(header => header.Key == "x-groq-region" && header.Value == "dls");
    }

    [Theory]
    [InlineData("null", false, 0)]
    [InlineData("""{"models":null}""", true, 0)]
    [InlineData("""{"models":[{"model":"m","usage":{"total_tokens":3}}]}""", true, 1)]
    public void A_usage_breakdown_has_three_forms(string form, bool exists, int models)
    {
        ChatCompletion answer = Read($$"""{"usage_breakdown":{{form}}}""");

        (answer.UsageBreakdown is not null).ShouldBe(exists);
        (answer.UsageBreakdown?.Models?.Count ?? 0).ShouldBe(models);
    }

    [Fact]
    public void Content_may_be_absent_and_choices_empty()
    {
        ChatCompletion call = Read("""{"choices":[{"message":{"role":"assistant","tool_calls":[]}}]}""");
        ChatCompletion empty = Read("""{"choices":[]}""");

        call.Text.ShouldBeNull();
        empty.Message.ShouldBeNull();
        empty.Text.ShouldBeNull();
        empty.FinishReason.ShouldBeNull();
        empty.Metadata.ShouldBeSameAs(ResponseMetadata.None);
    }

    [Fact]
    public void A_new_word_is_carried_along()
    {
        ChatCompletion answer = Read("""{"choices":[{"finish_reason":"tired"}],"service_tier":"turbo"}""");

        answer.FinishReason.ShouldBe(new FinishReason("tired"));
        answer.ServiceTier!.Value.ToString().ShouldBe("turbo");
        default(FinishReason).ToString().ShouldBe("");
    }

    [Fact]
    public void An_answer_goes_back_without_what_only_answers_may_hold()
    {
        ChatMessage message = Read(Everything).Message!;

        JsonSerializer
            .Serialize(new ChatRequest { Model = "m", Messages = [message] }, GroqJson.Context.ChatRequest)
            .ShouldBe(
                """
                {"model":"m","messages":[{"role":"assistant","content":"text","tool_calls":[{"id":"fc_1","type":"function","function":{"name":"f","arguments":"{}"}}],"function_call":{"name":"g","arguments":"[]"}}]}
                """
            );
        Read(Everything).Message!.ToMessage(includeReasoning: true).Reasoning.ShouldBe("thought");
    }

    private static ChatCompletion Read(string json) =>
        JsonSerializer.Deserialize(json, GroqJson.Context.ChatCompletion)!;

    private static JsonElement WithoutNulls(string json)
    {
        var node = System.Text.Json.Nodes.JsonNode.Parse(json)!;
        Prune(node);
        return ChatRequestSamples.Json(node.ToJsonString());

        static void Prune(System.Text.Json.Nodes.JsonNode? node)
        {
            if (node is System.Text.Json.Nodes.JsonArray array)
            {
                foreach (var item in array)
                    Prune(item);
            }
            else if (node is System.Text.Json.Nodes.JsonObject value)
            {
                foreach (var (name, item) in value.ToArray())
                {
                    if (item is null)
                        value.Remove(name);
                    else
                        Prune(item);
                }
            }
        }
    }
}
