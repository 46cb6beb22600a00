using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;

namespace GroqKit.Gateway.Tests.Api.OpenAi;

[Requirement("GW-18", "GW-02")]
public sealed class BadRequestTests
{
    private const string Messages = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

    public static TheoryData<string, string?, string> Bodies =>
        new()
        {
            { "", null, "invalid_json" },
            { "not json", null, "invalid_json" },
            { "{", null, "invalid_json" },
            { "[]", null, "invalid_json" },
            { "null", null, "invalid_json" },
            { $$"""{"model":"m",{{Messages}}} {}""", null, "invalid_json" },
            { With(""" """), null, "invalid_json" },
            { With(""" "x":"\ud800","\ud800":1"""), null, "invalid_json" },
            { With(""" "x":"\\\ud800\\" """), null, "invalid_json" },
            { With(""" "x":"\udc00" """), null, "invalid_json" },
            { With(""" "x":"\uD83D\u0041" """), null, "invalid_json" },
            { With("\"x\":" + Nested(64)), null, "invalid_json" },
            { $$"""{"model":"m","model":"n",{{Messages}}}""", "model", "duplicate_parameter" },
            { $$"""{"model":"m","mod\u0065l":"n",{{Messages}}}""", "model", "duplicate_parameter" },
            { With(""" "stream":false,"stream":true"""), "stream", "duplicate_parameter" },
            { With(""" "other":1,"other":2"""), "other", "duplicate_parameter" },
            { "{" + Messages + "}", "model", "missing_required_parameter" },
            { $$"""{"model":"",{{Messages}}}""", "model", "invalid_value" },
            { $$"""{"model":7,{{Messages}}}""", "model", "invalid_type" },
            { $$"""{"model":null,{{Messages}}}""", "model", "invalid_type" },
            { $$"""{"model":"a b",{{Messages}}}""", "model", "invalid_value" },
            { $$"""{"model":"m\r\nx-injected: 1",{{Messages}}}""", "model", "invalid_value" },
            { $$"""{"model":"../../admin",{{Messages}}}""", "model", "invalid_value" },
            { $$"""{"model":"{{new string('m', 257)}}",{{Messages}}}""", "model", "invalid_value" },
            { """{"model":"m"}""", "messages", "missing_required_parameter" },
            { """{"model":"m","messages":[]}""", "messages", "invalid_value" },
            { """{"model":"m","messages":"Hi"}""", "messages", "invalid_type" },
            { """{"model":"m","messages":["Hi"]}""", "messages[0]", "invalid_type" },
            { """{"model":"m","messages":[{"content":"Hi"}]}""", "messages[0].role", "missing_required_parameter" },
            {
                """{"model":"m","messages":[{"role":"user","content":"a"},{"role":"robot","content":"b"}]}""",
                "messages[1].role",
                "invalid_value"
            },
            { """{"model":"m","messages":[{"role":5,"content":"a"}]}""", "messages[0].role", "invalid_type" },
            {
                """{"model":"m","messages":[{"role":"user","role":"system","content":"a"}]}""",
                "messages[0].role",
                "duplicate_parameter"
            },
            { """{"model":"m","messages":[{"role":"user","content":5}]}""", "messages[0].content", "invalid_type" },
            {
                """{"model":"m","messages":[{"role":"user","content":[5]}]}""",
                "messages[0].content[0]",
                "invalid_type"
            },
            { With(""" "temperature":3"""), "temperature", "invalid_value" },
            { With(""" "temperature":-0.1"""), "temperature", "invalid_value" },
            { With(""" "temperature":1e999"""), "temperature", "invalid_value" },
            { With(""" "temperature":"1" """), "temperature", "invalid_type" },
            { With(""" "top_p":1.1"""), "top_p", "invalid_value" },
            { With(""" "max_tokens":1.5"""), "max_tokens", "invalid_type" },
            { With(""" "max_completion_tokens":-1"""), "max_completion_tokens", "invalid_value" },
            { With(""" "stream":"yes" """), "stream", "invalid_type" },
            { With(""" "stream_options":true"""), "stream_options", "invalid_type" },
            { With(""" "stream_options":{"include_usage":1}"""), "stream_options.include_usage", "invalid_type" },
            { With(""" "tools":{}"""), "tools", "invalid_type" },
            { With(""" "tools":["f"]"""), "tools[0]", "invalid_type" },
            { With($"\"tools\":[{Tools(129)}]"), "tools", "array_above_max_length" },
            { "{" + Members(200) + "}", null, "invalid_json" },
        };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_wrong_body_gets_one_error_that_names_the_field_and_nothing_is_forwarded(
        string body,
        string? param,
        string code
    )
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));

        using HttpResponseMessage answer = await gateway.ChatAsync(body);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        JsonObject error = await answer.ErrorAsync();
        error["type"]!.GetValue<string>().ShouldBe("invalid_request_error");
        error["code"]!.GetValue<string>().ShouldBe(code);
        ((string?)error["param"]).ShouldBe(param);
        gateway.Provider.Requests.ShouldBeEmpty();
        (await gateway.Usage.NextAsync()).Outcome.ShouldBe(Gateway.Services.Usage.Outcome.Refused);
    }

    [Fact]
    public async Task Invalid_utf8_is_refused()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        byte[] body = Encoding.Latin1.GetBytes("""{"model":"m","messages":[{"role":"user","content":"é"}]}""");

        using HttpResponseMessage answer = await gateway.ChatAsync(new ByteArrayContent(body));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.ErrorAsync())["message"]!.GetValue<string>().ShouldContain("UTF-8");
        gateway.Provider.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_most_that_is_allowed_passes()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        string body = With(
            $"\"temperature\":2,\"top_p\":0,\"max_tokens\":null,\"tools\":[{Tools(128)}],\"x\":{Nested(63)}"
        );

        using HttpResponseMessage answer = await gateway.ChatAsync(body);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        gateway.Provider.Requests.ShouldHaveSingleItem().Text.ShouldBe(body);
    }

    [Theory]
    [InlineData(@"\ud83d\ude00")]
    [InlineData(@"\uD83D\uDE00\u0041")]
    [InlineData(@"\\ud800")]
    [InlineData(@"\\\ud83d\ude00")]
    public async Task Escapes_that_stand_for_characters_pass(string escaped)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        string body = With($"\"x\":\"{escaped}\"");

        using HttpResponseMessage answer = await gateway.ChatAsync(body);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        gateway.Provider.Requests.ShouldHaveSingleItem().Text.ShouldBe(body);
    }

    [Fact]
    public async Task An_agent_that_does_not_exist_is_not_found()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));

        using HttpResponseMessage answer = await gateway.ChatAsync(
            RunningGateway.Hello.Replace("\"m\"", "\"agent/helper\"")
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        JsonObject error = await answer.ErrorAsync();
        error["message"]!.GetValue<string>().ShouldContain("helper");
        ((string?)error["param"]).ShouldBe("model");
        gateway.Provider.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/v1/chat/completions", "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]")]
    [InlineData("/v1/embeddings", "\"input\":\"Hi\"")]
    public async Task What_is_wrong_with_the_text_itself_is_said_as_it_is(string path, string input)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        string body = $"{{\"model\":\"m\",{input}}}";

        using HttpResponseMessage marked = await gateway.ChatAsync("\uFEFF" + body, path);
        using HttpResponseMessage nested = await gateway.ChatAsync(body[..^1] + ",\"x\":" + Nested(1000) + "}", path);

        (await marked.ErrorAsync())["message"]!.GetValue<string>().ShouldContain("byte order mark");
        (await nested.ErrorAsync())["message"]!.GetValue<string>().ShouldContain("nested deeper than 64 levels");
        gateway.Provider.Requests.ShouldBeEmpty();
    }

    private static string With(string members) => "{\"model\":\"m\"," + Messages + "," + members + "}";

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    private static string Tools(int count) =>
        string.Join(",", Enumerable.Repeat("""{"type":"function","function":{"name":"f"}}""", count));

    private static string Members(int count) => string.Join(",", Enumerable.Range(0, count).Select(i => $"\"m{i}\":1"));
}
