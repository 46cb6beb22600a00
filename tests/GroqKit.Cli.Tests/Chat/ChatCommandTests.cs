using System.Text.Json;

namespace GroqKit.Cli.Tests.Chat;

[Requirement("CL-10", "CM-01")]
public sealed class ChatCommandTests
{
    private const string Answer = """
        {"id":"c","choices":[{"message":{"role":"assistant","content":"Grüß dich"},"finish_reason":"stop"}],"new_field":1}
        """;

    [Fact]
    public async Task An_answer_is_streamed_and_nothing_else_is_printed()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.NextStream(Stream("Grüß ", "dich\\nda"));

        CliResult result = await CliRun.Start(server, "chat", "hello", "you").EndAsync();

        result.ShouldBe(new CliResult(0, "Grüß dich\nda", ""));
        JsonElement request = Body(server);
        request.GetProperty("model").GetString().ShouldBe("openai/gpt-oss-120b");
        request.GetProperty("messages")[0].GetProperty("content").GetString().ShouldBe("hello you");
        request.GetProperty("stream").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Options_reach_the_request()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, Answer);

        CliResult result = await CliRun
            .Start(server, ["chat", "--no-stream", "-m", "m", "-s", "be brief", "-t", "0.5", "--max-tokens", "7", "hi"])
            .EndAsync();

        result.ShouldBe(new CliResult(0, "Grüß dich", ""));
        server
            .Requests.Single()
            .Body.ShouldBe(
                """{"model":"m","messages":[{"role":"system","content":"be brief"},{"role":"user","content":"hi"}],"max_completion_tokens":7,"temperature":0.5}"""
            );
    }

    [Fact]
    public async Task The_whole_answer_can_be_had_as_JSON_and_loses_nothing()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, Answer);

        CliResult result = await CliRun.Start(server, "chat", "--json", "hi").EndAsync();

        result.ExitCode.ShouldBe(0);
        using JsonDocument json = JsonDocument.Parse(result.Output);
        json.RootElement.GetProperty("new_field").GetInt32().ShouldBe(1);
        result.Output.ShouldContain("Grüß dich");
    }

    [Theory]
    [InlineData("from a pipe", "from a pipe")]
    [InlineData("from a pipe", "sum up: from a pipe", "sum up:", "-")]
    public async Task A_prompt_may_come_from_standard_input(string input, string expected, params string[] words)
    {
        await using StubServer server = await StubServer.StartAsync();
        server.NextStream(Stream("ok"));
        CliRun run = CliRun.Start(server, ["chat", .. words]);

        await run.SendAsync(input);

        (await run.EndAsync()).ExitCode.ShouldBe(0);
        Body(server).GetProperty("messages")[0].GetProperty("content").GetString().ShouldBe(expected);
    }

    [Fact]
    public async Task An_error_of_the_API_is_one_line_and_code_1()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(
            401,
            """{"error":{"message":"Invalid\n\u001b[31m API Key","type":"invalid_request_error","code":"invalid_api_key"}}""",
            ("x-request-id", "req_1")
        );

        CliResult result = await CliRun.Start(server, "chat", "hi").EndAsync();

        result.ShouldBe(new CliResult(1, "", "groqkit: Invalid  [31m API Key [401 invalid_api_key] (request req_1)\n"));
    }

    [Fact]
    public async Task A_broken_stream_keeps_what_came_and_is_code_1()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.NextStream("""data: {"choices":[{"delta":{"content":"Hi"}}]}""" + "\n\n");

        CliResult result = await CliRun.Start(server, "chat", "hi").EndAsync();

        result.ExitCode.ShouldBe(1);
        result.Output.ShouldBe("Hi");
        result.Error.ShouldBe("groqkit: The stream ended before the answer did.\n");
    }

    [Theory]
    [InlineData("temperature: must", "chat", "--temperature", "3", "hi")]
    [InlineData("there is no option --nonsense", "chat", "--nonsense", "hi")]
    [InlineData("there is no prompt", "chat")]
    [InlineData(
        "the server (--base-url or GROQ_BASE_URL) must begin with https://",
        "chat",
        "--base-url",
        "http://example.com",
        "hi"
    )]
    [InlineData("Cannot parse", "chat", "--max-tokens", "many", "hi")]
    public async Task Wrong_usage_is_one_line_and_code_2(string part, params string[] args)
    {
        await using StubServer server = await StubServer.StartAsync();

        CliResult result = await CliRun.Start(server, args).EndAsync();

        result.ExitCode.ShouldBe(2);
        result.Output.ShouldBe("");
        result.Error.ShouldContain(part);
        result.Error.Count(letter => letter == '\n').ShouldBe(1);
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_missing_key_is_one_line_and_code_2()
    {
        await using StubServer server = await StubServer.StartAsync();

        CliResult result = await CliRun.StartWithoutKey(server, "chat", "hi").EndAsync();

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldBe("groqkit: there is no key: set GROQ_API_KEY, or give --api-key\n");
    }

    [Fact]
    public async Task An_interrupt_closes_the_stream_and_is_code_130()
    {
        await using StubServer server = await StubServer.StartAsync();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Next(async context =>
        {
            context.RequestAborted.Register(left.SetResult);
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.FlushAsync();
            asked.SetResult();
            await left.Task;
        });
        CliRun run = CliRun.Start(server, "chat", "hi");

        await asked.Task.WaitAsync(CliRun.Patience);
        await run.InterruptAsync();

        (await run.EndAsync()).ShouldBe(new CliResult(130, "", ""));
        await left.Task.WaitAsync(CliRun.Patience);
    }

    private static JsonElement Body(StubServer server)
    {
        using JsonDocument document = JsonDocument.Parse(server.Requests.Single().Body);
        return document.RootElement.Clone();
    }

    private static string Stream(params string[] texts) =>
        string.Concat(texts.Select(text => $$$"""data: {"choices":[{"delta":{"content":"{{{text}}}"}}]}""" + "\n\n"))
        + """data: {"choices":[{"delta":{},"finish_reason":"stop"}]}"""
        + "\n\ndata: [DONE]\n\n";
}
