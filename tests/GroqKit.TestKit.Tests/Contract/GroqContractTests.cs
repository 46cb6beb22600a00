using GroqKit.TestKit.Contract;

namespace GroqKit.TestKit.Tests.Contract;

public sealed class GroqContractTests
{
    private const string Chat = "/openai/v1/chat/completions";

    [Fact]
    public void Every_documented_operation_is_there()
    {
        GroqContract.Names.Count.ShouldBe(23);
        GroqContract.Names.ShouldContain("POST /openai/v1/chat/completions");
        GroqContract.Names.ShouldContain("GET /openai/v1/files/{file_id}/content");
        GroqContract.Version.ShouldBe("2.1");
    }

    [Theory]
    [InlineData("""{"role":"system","content":"be brief"}""")]
    [InlineData("""{"role":"developer","content":[{"type":"text","text":"be brief"}]}""")]
    [InlineData("""{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.org/a.png"}}]}""")]
    [InlineData(
        """{"role":"assistant","content":null,"tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]}"""
    )]
    [InlineData("""{"role":"tool","content":"21","tool_call_id":"1"}""")]
    public void A_message_of_each_role_is_accepted(string message) =>
        Request($$"""{"model":"m","messages":[{{message}}]}""").ShouldBeEmpty();

    [Theory]
    [InlineData("\"stream\":true,\"stream_options\":{\"include_usage\":true}")]
    [InlineData("\"stop\":null,\"reasoning_effort\":null,\"response_format\":null,\"tools\":null")]
    [InlineData("\"stop\":[\"a\",\"b\"],\"temperature\":2,\"service_tier\":\"flex\"")]
    [InlineData(
        "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}}]"
    )]
    [InlineData("\"tools\":[{\"type\":\"mcp\",\"server_label\":\"a\",\"server_url\":\"https://example.org\"}]")]
    [InlineData("\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\"}}")]
    [InlineData(
        "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"schema\":{},\"strict\":true}}"
    )]
    public void What_the_api_takes_is_valid(string members) => Request(Hello(members)).ShouldBeEmpty();

    [Theory]
    [InlineData("\"temperature\":3", "/temperature")]
    [InlineData("\"n\":2", "/n")]
    [InlineData("\"verbosity\":\"low\"", "/verbosity")]
    [InlineData("\"stop\":[\"1\",\"2\",\"3\",\"4\",\"5\"]", "/stop")]
    [InlineData("\"response_format\":{\"type\":\"xml\"}", "/response_format")]
    [InlineData("\"tools\":[{\"function\":{\"name\":\"f\"}}]", "/tools/0")]
    [InlineData("\"model\":\"twice\"", "")]
    public void What_the_api_refuses_names_the_place(string members, string path) =>
        Request(Hello(members)).ShouldContain(error => error.Path == path);

    [Theory]
    [InlineData("""{"model":"m","messages":[]}""", "/messages: has 0 items, fewer than 1")]
    [InlineData("""{"messages":[{"role":"user","content":"hi"}]}""", "(root): lacks 'model'")]
    [InlineData("""{"model":"m","messages":[{"role":"user"}]}""", "/messages/0: lacks 'content'")]
    [InlineData(
        """{"model":"m","messages":[{"role":"user","content":"hi","cache":1}]}""",
        "/messages/0/cache: is not a known member"
    )]
    public void Each_broken_request_has_one_clear_error(string body, string error) =>
        Request(body).Select(found => found.ToString()).ShouldBe([error]);

    [Fact]
    public void A_hundred_and_twenty_nine_tools_are_one_too_many()
    {
        string tools = string.Join(',', Enumerable.Repeat("""{"type":"function","function":{"name":"f"}}""", 129));

        Request(Hello($"\"tools\":[{tools}]"))
            .Select(error => error.ToString())
            .ShouldBe(["/tools: has 129 items, more than 128"]);
    }

    [Fact]
    public void An_unknown_role_names_the_message()
    {
        SchemaError error = Request("""{"model":"m","messages":[{"role":"robot","content":"hi"}]}""")
            .ShouldHaveSingleItem();

        error.Path.ShouldBe("/messages/0/role");
        error.Message.ShouldStartWith("\"robot\" is not one of system, developer, user");
    }

    [Fact]
    public void A_body_that_is_not_json_or_missing_or_not_wanted_is_an_error()
    {
        Request("{").ShouldHaveSingleItem().Message.ShouldStartWith("not JSON");
        GroqContract.ValidateRequest("POST", Chat, null).ShouldHaveSingleItem().Message.ShouldBe("a body is required");
        GroqContract
            .ValidateRequest("GET", "/openai/v1/models", "{}")
            .ShouldHaveSingleItem()
            .Message.ShouldBe("GET /openai/v1/models takes no body");
        GroqContract.ValidateRequest("GET", "/openai/v1/models", null).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("GET", "/openai/v1/nothing")]
    [InlineData("PUT", "/openai/v1/models")]
    [InlineData("GET", "/openai/v1/models/")]
    public void An_unknown_operation_is_an_error(string method, string path) =>
        GroqContract
            .ValidateRequest(method, path, null)
            .ShouldHaveSingleItem()
            .Message.ShouldBe($"{method} {path} is not in the contract");

    [Theory]
    [InlineData("/openai/v1/models/openai%2Fgpt-oss-120b")]
    [InlineData("/openai/v1/models/openai/gpt-oss-120b?x=y")]
    public void A_model_id_may_hold_a_slash(string path)
    {
        GroqContract
            .ValidateResponse(
                "get",
                path,
                200,
                """{"id":"a","object":"model","created":1,"owned_by":"b","active":true}"""
            )
            .ShouldBeEmpty();
        GroqContract.ValidateResponse("get", path, 200, "{}").Count.ShouldBe(4);
    }

    [Fact]
    public void The_more_literal_path_wins() =>
        GroqContract.ValidateResponse("GET", "/openai/v1/files/f1/content", 200, "\"bytes\"").ShouldBeEmpty();

    [Fact]
    public void An_answer_as_seen_on_the_wire_is_valid() =>
        GroqContract
            .ValidateResponse(
                "POST",
                Chat,
                200,
                """
                {"id":"chatcmpl-1","object":"chat.completion","created":1790000000,"model":"openai/gpt-oss-120b",
                 "choices":[{"index":0,"message":{"role":"assistant","tool_calls":[{"id":"fc_1","type":"function",
                   "function":{"name":"f","arguments":"{}"}}]},"logprobs":null,"finish_reason":"tool_calls"}],
                 "usage":{"queue_time":0.05,"prompt_tokens":90,"completion_tokens":40,"total_tokens":130,
                   "prompt_tokens_details":{"cached_tokens":64},"completion_tokens_details":null},
                 "usage_breakdown":null,"system_fingerprint":null,"x_groq":{"id":"req_1","seed":1},"service_tier":"on_demand"}
                """
            )
            .ShouldBeEmpty();

    [Fact]
    public void An_answer_without_usage_counts_or_choices_is_not_valid() =>
        GroqContract
            .ValidateResponse(
                "POST",
                Chat,
                200,
                """{"id":"1","object":"chat.completion","created":1,"model":"m","usage":{"prompt_tokens":1,"total_tokens":1}}"""
            )
            .Select(error => error.ToString())
            .ShouldBe(["/usage: lacks 'completion_tokens'", "(root): lacks 'choices'"]);

    [Fact]
    public void A_failure_has_the_error_shape_and_no_other_status_is_known()
    {
        const string error = """{"error":{"message":"no","type":"tokens","code":"rate_limit_exceeded"}}""";
        GroqContract.ValidateResponse("POST", Chat, 429, error).ShouldBeEmpty();
        GroqContract
            .ValidateResponse("POST", Chat, 500, """{"error":{"message":"no"}}""")
            .Select(found => found.ToString())
            .ShouldBe(["/error: lacks 'type'"]);
        GroqContract
            .ValidateResponse("POST", Chat, 202, "{}")
            .ShouldHaveSingleItem()
            .Message.ShouldBe("POST /openai/v1/chat/completions never answers 202");
        GroqContract.ValidateError("""{"error":{"message":"m","type":"t","status_code":400}}""").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}]""", "")]
    [InlineData("""[{"index":0,"delta":{"reasoning":"r","channel":"analysis"},"finish_reason":null}]""", "")]
    [InlineData(
        """[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{"}}]},"finish_reason":null}]""",
        ""
    )]
    [InlineData(
        """[{"index":0,"delta":{},"finish_reason":"stop"}]""",
        ""","usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2},"x_groq":{"id":"req_1","usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}"""
    )]
    [InlineData("[]", ""","usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}""")]
    public void A_chunk_as_seen_on_the_wire_is_valid(string choices, string rest) =>
        GroqContract.ValidateChunk(Chunk(choices, rest)).ShouldBeEmpty();

    [Theory]
    [InlineData("""[{"index":0,"delta":{}}]""", "", "/choices/0: lacks 'finish_reason'")]
    [InlineData("[]", ""","usage":{"prompt_tokens":1}""", "/usage: lacks 'completion_tokens'")]
    [InlineData("[]", ""","x_groq":{"error":1}""", "/x_groq/error: 1 is not of type string")]
    public void A_malformed_chunk_is_not(string choices, string rest, string error) =>
        GroqContract.ValidateChunk(Chunk(choices, rest)).Select(found => found.ToString()).ShouldContain(error);

    [Fact]
    public void Schemas_can_be_asked_for_by_name()
    {
        GroqContract.Validate("CreateTranscriptionResponseJson", """{"text":"hello"}""").ShouldBeEmpty();
        GroqContract.Validate("CreateTranscriptionResponseJson", "{}").ShouldHaveSingleItem();
        Should.Throw<KeyNotFoundException>(() => GroqContract.Validate("None", "{}"));
    }

    private static IReadOnlyList<SchemaError> Request(string body) => GroqContract.ValidateRequest("POST", Chat, body);

    private static string Hello(string members) =>
        $$"""{"model":"m","messages":[{"role":"user","content":"hi"}],{{members}}}""";

    private static string Chunk(string choices, string rest) =>
        $$"""{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":{{choices}}{{rest}}}""";
}
