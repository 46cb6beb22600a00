using System.Text.Json;
using GroqKit.Simulator.Hosting;

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
    [InlineData("--max-tokens must be a whole number, not many", "chat", "--max-tokens", "many", "hi")]
    [InlineData("--temperature must be a number, not warm", "chat", "--temperature", "warm", "hi")]
    [InlineData("--timeout must be from 1 to 3600, not soon", "chat", "--timeout", "soon", "hi")]
    [InlineData("--base-url is empty", "chat", "--base-url", "", "hi")]
    [InlineData("--session: there is no folder for", "chat", "--session", "/no/such/folder.json", "hi")]
    [InlineData("--file: the name of the file is empty", "chat", "--file", "", "hi")]
    [InlineData("--image: https:// must be a file or an https address", "chat", "--image", "https://", "hi")]
    [InlineData("--strict goes with --schema", "chat", "--strict", "hi")]
    [InlineData("--json does not go with --interactive", "chat", "-i", "--json")]
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

    [Fact]
    public async Task Files_and_pictures_go_with_the_question()
    {
        await using SimulatorServer server = await SimulatorServer.StartAsync();
        using var folder = new TempDirectory();
        await File.WriteAllTextAsync(folder.At("notes.txt"), "Buy milk.\n");
        string picture = Repository.At("samples", "Vision", "lake.png");

        CliResult result = await CliRun
            .Start(server, "chat", "What is it?", "--file", folder.At("notes.txt"), "--image", picture)
            .EndAsync();

        result.ExitCode.ShouldBe(0, result.Error);
        JsonElement request = JsonElement.Parse(server.Requests.Single().BodyText);
        request.GetProperty("model").GetString().ShouldBe("qwen/qwen3.8-27b");
        JsonElement content = request.GetProperty("messages")[0].GetProperty("content");
        content[0]
            .GetProperty("text")
            .ToString()
            .ShouldBe("What is it?\n\n<file name=\"notes.txt\">\nBuy milk.\n</file>");
        content[1].GetProperty("image_url").GetProperty("url").ToString().ShouldStartWith("data:image/png;base64,");
    }

    [Fact]
    public async Task An_answer_follows_the_schema_of_a_file()
    {
        await using SimulatorServer server = await SimulatorServer.StartAsync();
        using var folder = new TempDirectory();
        string schema = folder.At("my answer.json");
        await File.WriteAllTextAsync(
            schema,
            """{"type":"object","properties":{"city":{"type":"string"}},"required":["city"],"additionalProperties":false}"""
        );

        CliResult result = await CliRun.Start(server, "chat", "Where?", "--schema", schema, "--strict").EndAsync();

        result.ExitCode.ShouldBe(0, result.Error);
        JsonElement.Parse(result.Output).GetProperty("city").ValueKind.ShouldBe(JsonValueKind.String);
        server.Requests.Single().BodyText.ShouldContain("\"name\":\"my_answer\"");
    }

    [Fact]
    public async Task Tools_can_be_switched_off()
    {
        await using SimulatorServer server = await SimulatorServer.StartAsync();

        await CliRun.Start(server, "chat", "--no-tools", "hi").EndAsync();

        server.Requests.Single().BodyText.ShouldContain("\"tool_choice\":\"none\"");
    }

    [Fact]
    public async Task A_session_remembers_obeys_commands_and_is_kept_in_its_file()
    {
        await using SimulatorServer server = await SimulatorServer.StartAsync();
        using var folder = new TempDirectory();
        string file = folder.At("session.json");
        CliRun run = CliRun.Start(server, "chat", "-i", "--session", file, "-s", "Be brief.");
        await run.SendAsync(
            "First question\nSecond \\\nquestion\n/undo\n/model openai/gpt-oss-20b\n/nonsense\nThird question\n/exit\n"
        );

        CliResult session = await run.EndAsync();
        CliResult after = await CliRun.Start(server, "chat", "--session", file, "Fourth question").EndAsync();

        session.ExitCode.ShouldBe(0, session.Error);
        session.Error.ShouldContain("/nonsense is not a command");
        after.ExitCode.ShouldBe(0, after.Error);
        JsonElement[] sent = [.. server.Requests.Select(request => JsonElement.Parse(request.BodyText))];
        sent.Length.ShouldBe(4);
        Said(sent[1]).ShouldEndWith("|Second \nquestion");
        Said(sent[2]).ShouldStartWith("Be brief.|First question|");
        Said(sent[2]).ShouldNotContain("Second");
        sent[2].GetProperty("model").GetString().ShouldBe("openai/gpt-oss-20b");
        Said(sent[3]).ShouldContain("|Third question|");
        Said(sent[3]).ShouldEndWith("|Fourth question");
    }

    [Theory]
    [InlineData("--schema: there is no file nix.json", "--schema", "nix.json")]
    [InlineData("--image: there is no file nix.png", "--image", "nix.png")]
    [InlineData("--image: http://e.com/a.png must be", "--image", "http://e.com/a.png")]
    [InlineData("--file: there is no file nix.txt", "--file", "nix.txt")]
    [InlineData("--strict goes with --schema", "--strict")]
    [InlineData("--json does not go with --interactive", "-i", "--json")]
    [InlineData("--max-tokens: must be", "--max-tokens", "0")]
    public async Task Options_that_cannot_be_are_named(string part, params string[] more)
    {
        await using SimulatorServer server = await SimulatorServer.StartAsync();

        CliResult result = await CliRun.Start(server, ["chat", "hi", .. more]).EndAsync();

        result.ExitCode.ShouldBe(2, result.Error);
        result.Error.ShouldContain(part);
        result.Error.Count(letter => letter == '\n').ShouldBe(1);
        server.Requests.ShouldBeEmpty();
    }

    private static string Said(JsonElement request) =>
        string.Join(
            '|',
            request
                .GetProperty("messages")
                .EnumerateArray()
                .Select(message => message.GetProperty("content").ToString())
        );

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
