using System.Net;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;
using Microsoft.AspNetCore.Http;

namespace GroqKit.Gateway.Tests.Api.OpenAi.Responses;

[Requirement("GW-02")]
public sealed class ResponseCallsTests
{
    private const string Whole =
        """{"id":"resp_1","object":"response","status":"completed","model":"m","output":[],"error":null,"usage":{"input_tokens":20,"input_tokens_details":{"cached_tokens":5},"output_tokens":7,"output_tokens_details":{"reasoning_tokens":2},"total_tokens":27}}""";

    private const string ChatWithTools =
        """{"id":"c1","choices":[{"index":0,"message":{"role":"assistant","content":"Looking.","reasoning":"Hm.","tool_calls":[{"id":"call_a","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Oslo\"}"}}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":12,"completion_tokens":3,"total_tokens":15}}""";

    private const string NoSuchPath =
        """{"error":{"message":"Invalid URL (POST /v1/responses)","type":"invalid_request_error"}}""";

    [Theory]
    [InlineData("/v1/responses")]
    [InlineData("/openai/v1/responses")]
    public async Task A_provider_that_has_the_api_gets_the_callers_bytes(string path)
    {
        const string Call = """{"model":"openai/gpt-oss-20b", "input":[{"role":"user","content":"Hi"}], "odd":1}""";
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Whole));

        using HttpResponseMessage answer = await gateway.PostJsonAsync(path, Call);

        (await answer.TextAsync()).ShouldBe(Whole);
        gateway.Provider.Requests.ShouldHaveSingleItem().Target.ShouldBe("/openai/v1/responses");
        gateway.Provider.Requests[0].Text.ShouldBe(Call);
        UsageRecord record = await gateway.Usage.NextAsync();
        record.Operation.ShouldBe(Operation.Responses);
        record.Usage.ShouldBe(new TokenUsage(20, 7, 27, 5, 2));
        record.Cost.ShouldNotBeNull().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_stream_passes_event_by_event_and_ends_with_its_own_end()
    {
        string[] events =
        [
            """{"type":"response.created","sequence_number":0,"response":{"status":"in_progress"}}""",
            """{"type":"response.output_text.delta","sequence_number":1,"delta":"Hi"}""",
            $$"""{"type":"response.completed","sequence_number":2,"response":{{Whole}}}""",
        ];
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Events(events));

        using HttpResponseMessage answer = await gateway.PostJsonAsync(
            "/v1/responses",
            """{"model":"m","input":"Hi","stream":true}"""
        );

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        string[] names = ["response.created", "response.output_text.delta", "response.completed"];
        (await answer.TextAsync()).ShouldBe(
            string.Concat(events.Zip(names, (data, name) => $"event: {name}\ndata: {data}\n\n"))
        );
        UsageRecord record = await gateway.Usage.NextAsync();
        record.Usage.Total.ShouldBe(27);
        record.Outcome.ShouldBe(Outcome.Completed);
        record.Streamed.ShouldBeTrue();
    }

    [Fact]
    public async Task A_stream_that_breaks_off_ends_with_an_error_and_not_like_a_whole_one()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Events("""{"type":"response.output_text.delta","delta":"Hi"}""")
        );

        using HttpResponseMessage answer = await gateway.PostJsonAsync(
            "/v1/responses",
            """{"model":"m","input":"Hi","stream":true}"""
        );
        (string text, Exception? failure) = await answer.UntilBrokenAsync();

        failure.ShouldNotBeNull();
        text.ShouldContain("event: error\ndata: {\"type\":\"error\",\"code\":\"upstream_cut\"");
        (await gateway.Usage.NextAsync()).Outcome.ShouldBe(Outcome.UpstreamFailed);
    }

    [Fact]
    public async Task A_failure_before_the_first_words_is_a_plain_error()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Events(
                """{"type":"response.created","response":{}}""",
                """{"type":"response.failed","response":{"error":{"code":"server_error","message":"Sorry."}}}"""
            )
        );

        using HttpResponseMessage answer = await gateway.PostJsonAsync(
            "/v1/responses",
            """{"model":"m","input":"Hi","stream":true}"""
        );
        (string text, _) = await answer.UntilBrokenAsync();

        text.ShouldContain("error");
        (await gateway.Usage.NextAsync()).Outcome.ShouldBe(Outcome.UpstreamRefused);
    }

    [Fact]
    public async Task Where_there_are_chats_only_the_response_is_made_of_one()
    {
        await using LoopbackServer chats = await ScriptedProvider.StartAsync(ChatsOnly(Answer.Json(ChatWithTools)));
        await using RunningGateway gateway = await StartAsync(chats);
        const string Call = """
            {"model":"local/m","instructions":"Be brief.","max_output_tokens":50,"reasoning":{"effort":"low"},"truncation":"auto",
             "text":{"format":{"type":"json_schema","name":"s","schema":{"type":"object"},"strict":true}},
             "tools":[{"type":"function","name":"weather","parameters":{"type":"object"},"strict":false}],
             "tool_choice":{"type":"function","name":"weather"},
             "input":[
               {"role":"user","content":[{"type":"input_text","text":"Weather?"},{"type":"input_image","image_url":"data:image/png;base64,AA","detail":"low"}]},
               {"type":"reasoning","id":"rs_1","summary":[]},
               {"type":"function_call","call_id":"c1","name":"weather","arguments":"{}"},
               {"type":"function_call","call_id":"c2","name":"weather","arguments":"{}"},
               {"type":"function_call_output","call_id":"c1","output":"cold"},
               {"type":"function_call_output","call_id":"c2","output":[{"type":"input_text","text":"warm"}]},
               {"type":"message","role":"assistant","content":[{"type":"output_text","text":"Both."}]},
               {"role":"developer","content":"Short!"}]}
            """;

        using HttpResponseMessage answer = await gateway.PostJsonAsync("/v1/responses", Call);

        JsonObject response = await answer.JsonAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, response.ToJsonString());
        answer.Header("x-groqkit-dropped").ShouldBe("truncation");
        JsonNode chat = JsonNode.Parse(chats.Requests.Single(r => r.Target == "/v1/chat/completions").Text)!;
        JsonNode expected = JsonNode.Parse(
            """
            {"model":"m","messages":[
              {"role":"system","content":"Be brief."},
              {"role":"user","content":[{"type":"text","text":"Weather?"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AA","detail":"low"}}]},
              {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"weather","arguments":"{}"}},{"id":"c2","type":"function","function":{"name":"weather","arguments":"{}"}}]},
              {"role":"tool","tool_call_id":"c1","content":"cold"},
              {"role":"tool","tool_call_id":"c2","content":"warm"},
              {"role":"assistant","content":"Both."},
              {"role":"system","content":"Short!"}],
             "max_completion_tokens":50,
             "tools":[{"type":"function","function":{"name":"weather","parameters":{"type":"object"},"strict":false}}],
             "tool_choice":{"type":"function","function":{"name":"weather"}},
             "response_format":{"type":"json_schema","json_schema":{"name":"s","schema":{"type":"object"},"strict":true}},
             "reasoning_effort":"low"}
            """
        )!;
        JsonNode.DeepEquals(chat, expected).ShouldBeTrue(chat.ToJsonString());
        ((string?)response["status"]).ShouldBe("completed");
        ((string?)response["instructions"]).ShouldBe("Be brief.");
        ((bool)response["store"]!).ShouldBeFalse();
        ((int)response["usage"]!["input_tokens"]!).ShouldBe(12);
        JsonArray output = response["output"]!.AsArray();
        output.Select(item => (string)item!["type"]!).ShouldBe(["reasoning", "message", "function_call"]);
        ((string?)output[0]!["content"]![0]!["text"]).ShouldBe("Hm.");
        ((string?)output[1]!["content"]![0]!["text"]).ShouldBe("Looking.");
        ((string?)output[2]!["call_id"]).ShouldBe("call_a");
        ((string?)output[2]!["arguments"]).ShouldBe("""{"city":"Oslo"}""");
        (await gateway.Usage.NextAsync()).Usage.Total.ShouldBe(15);

        using HttpResponseMessage again = await gateway.PostJsonAsync(
            "/v1/responses",
            """{"model":"local/m","input":"Hi"}"""
        );
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        chats.Requests.Count(request => request.Target == "/v1/responses").ShouldBe(1);
    }

    [Fact]
    public async Task A_streamed_chat_becomes_the_events_of_a_response()
    {
        string[] chunks =
        [
            """{"choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}""",
            """{"choices":[{"index":0,"delta":{"reasoning":"Hm"},"finish_reason":null}]}""",
            """{"choices":[{"index":0,"delta":{"content":"Hel"},"finish_reason":null}]}""",
            """{"choices":[{"index":0,"delta":{"content":"lo"},"finish_reason":null}]}""",
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_a","function":{"name":"f","arguments":""}}]},"finish_reason":null}]}""",
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{}"}}]},"finish_reason":null}]}""",
            """{"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}""",
            """{"choices":[],"usage":{"prompt_tokens":4,"completion_tokens":6,"total_tokens":10}}""",
            "[DONE]",
        ];
        await using LoopbackServer chats = await ScriptedProvider.StartAsync(ChatsOnly(Answer.Events(chunks)));
        await using RunningGateway gateway = await StartAsync(chats);

        using HttpResponseMessage answer = await gateway.PostJsonAsync(
            "/v1/responses",
            """{"model":"local/m","input":"Hi","stream":true}"""
        );

        JsonNode[] events =
        [
            .. (await answer.TextAsync())
                .Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
                .Select(item => JsonNode.Parse(item[(item.IndexOf("data: ", StringComparison.Ordinal) + 6)..])!),
        ];
        events
            .Select(item => (string)item["type"]!)
            .ShouldBe([
                "response.created",
                "response.in_progress",
                "response.output_item.added",
                "response.content_part.added",
                "response.reasoning_text.delta",
                "response.reasoning_text.done",
                "response.content_part.done",
                "response.output_item.done",
                "response.output_item.added",
                "response.content_part.added",
                "response.output_text.delta",
                "response.output_text.delta",
                "response.output_text.done",
                "response.content_part.done",
                "response.output_item.done",
                "response.output_item.added",
                "response.function_call_arguments.delta",
                "response.function_call_arguments.done",
                "response.output_item.done",
                "response.completed",
            ]);
        events.Select(item => (int)item["sequence_number"]!).ShouldBe(Enumerable.Range(0, events.Length));
        ((string?)events[12]["text"]).ShouldBe("Hello");
        JsonNode last = events[^1]["response"]!;
        ((int)last["usage"]!["total_tokens"]!).ShouldBe(10);
        last["output"]!.AsArray().Count.ShouldBe(3);
        ((string?)last["output"]![2]!["arguments"]).ShouldBe("{}");
        (await gateway.Usage.NextAsync()).Usage.Total.ShouldBe(10);
    }

    [Fact]
    public async Task A_model_that_is_missing_is_told_and_not_asked_by_chat()
    {
        const string Missing =
            """{"error":{"message":"No.","type":"invalid_request_error","code":"model_not_found"}}""";
        await using LoopbackServer other = await ScriptedProvider.StartAsync(Answer.Json(Missing, 404));
        await using RunningGateway gateway = await StartAsync(other);

        using HttpResponseMessage answer = await gateway.PostJsonAsync(
            "/v1/responses",
            """{"model":"local/m","input":"Hi"}"""
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        other.Requests.ShouldHaveSingleItem().Target.ShouldBe("/v1/responses");
    }

    [Fact]
    public async Task No_answer_is_kept_where_others_could_read_it()
    {
        await using LoopbackServer other = await ScriptedProvider.StartAsync(Answer.Json(Whole));
        await using RunningGateway gateway = await StartAsync(other);

        using HttpResponseMessage answer = await gateway.PostJsonAsync(
            "/v1/responses",
            """{"model":"local/m","input":"Hi","store":true}"""
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        ((bool)JsonNode.Parse(other.Requests[0].Text)!["store"]!).ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"model":"m"}""", "input")]
    [InlineData("""{"model":"m","input":[]}""", "input")]
    [InlineData("""{"model":"m","input":5}""", "input")]
    [InlineData("""{"model":"m","input":"a","previous_response_id":"resp_1"}""", "previous_response_id")]
    [InlineData("""{"model":"m","input":"a","conversation":"c"}""", "conversation")]
    [InlineData("""{"model":"m","input":"a","background":true}""", "background")]
    [InlineData("""{"model":"m","input":"a","temperature":3}""", "temperature")]
    [InlineData("""{"model":"m","input":"a","tools":{}}""", "tools")]
    [InlineData("""{"model":"m","input":[{"type":"item_reference","id":"msg_1"}]}""", "input[0].type")]
    [InlineData(
        """{"model":"m","input":[{"role":"user","content":[{"type":"input_file","file_id":"file-of-others"}]}]}""",
        "input[0].content[0].file_id"
    )]
    public async Task Bad_input_names_its_field_and_reaches_nobody(string body, string param)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Whole));

        using HttpResponseMessage answer = await gateway.PostJsonAsync("/v1/responses", body);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)(await answer.ErrorAsync())["param"]).ShouldBe(param);
        gateway.Provider.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""[{"type":"mcp_call","id":"x"}]""", "null", "input[0].type")]
    [InlineData("""[{"type":"function_call","call_id":"c"}]""", "null", "input[0].name")]
    [InlineData("""[{"role":"robot","content":"a"}]""", "null", "input[0].role")]
    [InlineData("""[{"role":"user","content":[{"type":"input_audio"}]}]""", "null", "input[0].content[0].type")]
    [InlineData("\"a\"", """[{"type":"web_search"}]""", "tools[0].type")]
    public async Task What_a_chat_has_no_place_for_is_told(string input, string tools, string param)
    {
        await using LoopbackServer chats = await ScriptedProvider.StartAsync(ChatsOnly(Answer.Json(ChatWithTools)));
        await using RunningGateway gateway = await StartAsync(chats);

        using HttpResponseMessage answer = await gateway.PostJsonAsync(
            "/v1/responses",
            $$"""{"model":"local/m","input":{{input}},"tools":{{tools}}}"""
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)(await answer.ErrorAsync())["param"]).ShouldBe(param);
        chats.Requests.ShouldNotContain(request => request.Target.Contains("chat"));
    }

    private static RequestDelegate ChatsOnly(RequestDelegate chat) =>
        context =>
            context.Request.Path == "/v1/chat/completions" ? chat(context) : Answer.Json(NoSuchPath, 404)(context);

    private static async Task<RunningGateway> StartAsync(LoopbackServer provider)
    {
        RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Whole));
        await gateway.PostAsync(
            "/api/providers",
            $$"""{"name":"local","kind":"openai","baseUrl":"{{provider.Address}}"}"""
        );
        return gateway;
    }
}
