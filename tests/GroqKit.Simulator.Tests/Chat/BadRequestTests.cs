using System.Text;
using GroqKit.Simulator.Hosting;
using GroqKit.TestKit.Contract;

namespace GroqKit.Simulator.Tests.Chat;

[Requirement("SM-01")]
public sealed class BadRequestTests(Sim sim) : IClassFixture<Sim>
{
    private const string User = """{"role":"user","content":"hi"}""";

    private static readonly string TooManyTools = string.Join(
        ',',
        Enumerable.Range(0, 129).Select(i => $$$"""{"type":"function","function":{"name":"f{{{i}}}"}}""")
    );

    public static TheoryData<string, string> Bodies =>
        new()
        {
            { "", "body" },
            { "{", "body" },
            { "[]", "body" },
            { "\"text\"", "body" },
            { """{"model":"\ud800","messages":[]}""", "model" },
            { """{"model":"m","messages":[{"role":"user","content":"a\udc00"}]}""", "messages[0].content" },
            { """{"messages":[{"role":"user","content":"hi"}]}""", "model" },
            { """{"model":null,"messages":[{"role":"user","content":"hi"}]}""", "model" },
            { """{"model":"","messages":[{"role":"user","content":"hi"}]}""", "model" },
            { """{"model":7,"messages":[{"role":"user","content":"hi"}]}""", "model" },
            { """{"model":"openai/gpt-oss-20b"}""", "messages" },
            { """{"model":"openai/gpt-oss-20b","messages":[]}""", "messages" },
            { """{"model":"openai/gpt-oss-20b","messages":{}}""", "messages" },
            { Messages("7"), "messages[0]" },
            { Messages("""{"content":"hi"}"""), "messages[0].role" },
            { Messages("""{"role":"robot","content":"hi"}"""), "messages[0].role" },
            { Messages("""{"role":"user"}"""), "messages[0].content" },
            { Messages("""{"role":"user","content":null}"""), "messages[0].content" },
            { Messages("""{"role":"user","content":7}"""), "messages[0].content" },
            { Messages("""{"role":"user","content":[]}"""), "messages[0].content" },
            { Messages("""{"role":"user","content":"hi","name":"Ada"}"""), "messages[0].name" },
            { Messages("""{"role":"user","content":[{"type":"file"}]}"""), "messages[0].content[0].type" },
            { Messages("""{"role":"user","content":[{"type":"text"}]}"""), "messages[0].content[0].text" },
            {
                Messages("""{"role":"user","content":[{"type":"text","text":"a","cache_control":{}}]}"""),
                "messages[0].content[0].cache_control"
            },
            {
                Messages("""{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://a/b.png"}}]}"""),
                "messages[0].content"
            },
            {
                Messages(
                    """{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:application/pdf;base64,AAAA"}}]}"""
                ),
                "messages[0].content[0].image_url.url"
            },
            { Messages("""{"role":"tool","content":"x"}"""), "messages[0].tool_call_id" },
            { Messages("""{"role":"assistant"}"""), "messages[0].content" },
            {
                Messages("""{"role":"assistant","tool_calls":[{"id":"a","type":"function"}]}"""),
                "messages[0].tool_calls[0].function"
            },
            { Sim.Chat("\"temperature\":3"), "temperature" },
            { Sim.Chat("\"temperature\":\"hot\""), "temperature" },
            { Sim.Chat("\"temperature\":1e999"), "temperature" },
            { Sim.Chat("\"top_p\":-0.1"), "top_p" },
            { Sim.Chat("\"n\":2"), "n" },
            { Sim.Chat("\"max_completion_tokens\":0"), "max_completion_tokens" },
            { Sim.Chat("\"max_completion_tokens\":1.5"), "max_completion_tokens" },
            { Sim.Chat("\"max_completion_tokens\":70000"), "max_completion_tokens" },
            { Sim.Chat("\"stop\":[\"a\",\"b\",\"c\",\"d\",\"e\"]"), "stop" },
            { Sim.Chat("\"stop\":1"), "stop" },
            { Sim.Chat("\"seed\":\"x\""), "seed" },
            { Sim.Chat("\"stream\":\"yes\""), "stream" },
            { Sim.Chat("\"stream_options\":{\"x\":1}"), "stream_options.x" },
            { Sim.Chat("\"logprobs\":true"), "logprobs" },
            { Sim.Chat("\"logit_bias\":{}"), "logit_bias" },
            { Sim.Chat("\"verbosity\":\"low\""), "verbosity" },
            { Sim.Chat("\"service_tier\":\"priority\""), "service_tier" },
            { Sim.Chat("\"service_tier\":\"performance\""), "service_tier" },
            { Sim.Chat("\"reasoning_effort\":\"none\""), "reasoning_effort" },
            { Sim.Chat("\"reasoning_format\":\"raw\""), "reasoning_format" },
            { Sim.Chat("\"reasoning_format\":\"parsed\",\"include_reasoning\":true"), "include_reasoning" },
            { Sim.Chat("\"reasoning_effort\":\"low\"", "allam-2-7b"), "reasoning_effort" },
            { Sim.Chat($"\"tools\":[{TooManyTools}]"), "tools" },
            { Sim.Chat("\"tools\":[{\"type\":\"robot\"}]"), "tools[0].type" },
            {
                Sim.Chat("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a b\"}}]"),
                "tools[0].function.name"
            },
            {
                Sim.Chat("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\",\"parameters\":[]}}]"),
                "tools[0].function.parameters"
            },
            { Sim.Chat("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\"}}]", "allam-2-7b"), "tools" },
            { Sim.Chat("\"tool_choice\":\"required\""), "tool_choice" },
            {
                Sim.Chat(
                    "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\"}}],\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"b\"}}"
                ),
                "tool_choice"
            },
            { Sim.Chat("\"response_format\":{\"type\":\"xml\"}"), "response_format.type" },
            { Sim.Chat("\"response_format\":{\"type\":\"json_object\"}"), "messages" },
            { Sim.Chat("\"response_format\":{\"type\":\"json_schema\"}"), "response_format.json_schema" },
            {
                Sim.Chat("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"\"}}"),
                "response_format.json_schema.name"
            },
            {
                Sim.Chat(
                    "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"strict\":true,\"schema\":{\"type\":\"object\",\"properties\":{\"a\":{}}}}}"
                ),
                "response_format.json_schema.schema"
            },
            {
                Sim.Chat(
                    "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\"}}],\"response_format\":{\"type\":\"json_object\"}",
                    prompt: "json"
                ),
                "response_format"
            },
            { Sim.Chat(model: "whisper-large-v3"), "model" },
            { Sim.Chat(model: "gemma2-9b-it"), "model" },
        };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_mistake_is_one_clear_400_that_names_the_field(string body, string param)
    {
        Reply reply = await sim.ChatAsync(body);

        reply.Status.ShouldBe(400, reply.Text);
        reply.ContentType.ShouldBe("application/json");
        GroqContract.ValidateError(reply.Text).ShouldBeEmpty();
        reply.Error.GetProperty("type").GetString().ShouldBe("invalid_request_error");
        reply.Error.GetProperty("message").GetString().ShouldNotBeNullOrWhiteSpace();
        reply.Error.GetProperty("param").GetString().ShouldBe(param);
    }

    [Theory]
    [InlineData("x-sim-tokens", "0")]
    [InlineData("x-sim-tokens", "1.5")]
    [InlineData("x-sim-tokens-per-second", "-1")]
    [InlineData("x-sim-first-token-ms", "soon")]
    public async Task A_wrong_header_of_the_simulator_is_named(string name, string value)
    {
        Reply reply = await sim.ChatAsync(Sim.Chat(), (name, value));

        reply.Status.ShouldBe(400);
        reply.Error.GetProperty("param").GetString().ShouldBe(name);
    }

    [Theory]
    [InlineData("POST", "/openai/v1/nowhere", 404, "unknown_url")]
    [InlineData("GET", "/", 404, "unknown_url")]
    [InlineData("GET", "/openai/v1/file.json", 404, "unknown_url")]
    [InlineData("GET", Sim.ChatPath, 405, "method_not_allowed")]
    [InlineData("DELETE", Sim.ChatPath, 405, "method_not_allowed")]
    [InlineData("POST", "/openai/v1/models", 405, "method_not_allowed")]
    public async Task A_wrong_path_or_method_is_an_error_in_the_usual_shape(
        string method,
        string path,
        int status,
        string code
    )
    {
        Reply reply = await sim.SendAsync(method, path);

        reply.Status.ShouldBe(status);
        GroqContract.ValidateError(reply.Text).ShouldBeEmpty();
        reply.Error.GetProperty("code").GetString().ShouldBe(code);
        if (status == 405)
            reply.Headers.Keys.ShouldContain("Allow");
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bearer ")]
    [InlineData("Bearer gsk_invalid")]
    [InlineData("Basic abc")]
    public async Task A_wrong_key_is_401(string authorization)
    {
        Reply reply = await sim.ChatAsync(Sim.Chat(), ("Authorization", authorization));

        reply.Status.ShouldBe(401);
        reply.Error.GetProperty("code").GetString().ShouldBe("invalid_api_key");
        GroqContract.ValidateError(reply.Text).ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_the_keys_of_a_list_are_accepted_when_there_is_one()
    {
        await using Sim listed = await Sim.StartAsync(new SimulatorOptions { AcceptedKeys = ["one"] });

        (await listed.ChatAsync(Sim.Chat(), ("Authorization", "Bearer one"))).Status.ShouldBe(200);
        (await listed.ChatAsync(Sim.Chat(), ("Authorization", "Bearer two"))).Status.ShouldBe(401);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_above_the_limit_is_413(bool withLength)
    {
        await using Sim small = await Sim.StartAsync(new SimulatorOptions { MaxRequestBodyBytes = 2_000 });
        using var request = new HttpRequestMessage(HttpMethod.Post, Sim.ChatPath)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Sim.Chat(prompt: new string('a', 3_000)))),
        };
        request.Headers.TransferEncodingChunked = !withLength;

        Reply reply = await small.SendAsync(request);

        reply.Status.ShouldBe(413);
        reply.Error.GetProperty("code").GetString().ShouldBe("request_too_large");
    }

    [Fact]
    public async Task Bytes_that_are_not_utf8_are_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Sim.ChatPath)
        {
            Content = new ByteArrayContent([0x7B, 0xFF, 0x7D]),
        };

        Reply reply = await sim.SendAsync(request);

        reply.Status.ShouldBe(400);
        reply.Error.GetProperty("message").GetString()!.ShouldContain("UTF-8");
    }

    [Fact]
    public async Task A_prompt_longer_than_the_context_is_400()
    {
        string prompt = string.Join(' ', Enumerable.Repeat("word", 5_000));

        Reply reply = await sim.ChatAsync(Sim.Chat(model: "allam-2-7b", prompt: prompt));

        reply.Status.ShouldBe(400);
        reply.Error.GetProperty("code").GetString().ShouldBe("context_length_exceeded");
        reply.Error.GetProperty("param").GetString().ShouldBe("messages");
    }

    private static string Messages(string message) =>
        $$"""{"model":"openai/gpt-oss-20b","messages":[{{message}},{{User}}]}""";
}
