using System.Text.Json;
using GroqKit.Simulator.Hosting;
using GroqKit.Simulator.RateLimits;

namespace GroqKit.Cli.Tests.Batches;

[Requirement("CM-01")]
public sealed class BatchCommandTests : IDisposable
{
    private readonly TempDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_table_is_answered_in_its_order_with_a_template(bool isLater)
    {
        await using SimulatorServer server = await StartAsync();
        string input = _folder.At("reviews.csv");
        await File.WriteAllTextAsync(
            input,
            "id,title,review\na1,\"Kettle, red\",\"It \"\"boils\"\"\nwater.\"\nb2,Chair,Wobbly\nc3,Grün,Schön\n"
        );
        string output = _folder.At("moods.csv");
        string[] later = isLater ? ["--later"] : [];

        CliResult result = await CliRun
            .Start(
                server,
                ["batch", input, "--template", "{title}: {review} {{happy}}?", "-o", output, "--json", .. later]
            )
            .EndAsync();

        result.ExitCode.ShouldBe(0, result.Error);
        JsonElement.Parse(result.Output).GetProperty("answered").GetInt32().ShouldBe(3);
        string text = await File.ReadAllTextAsync(output);
        text.ShouldStartWith("id,title,review,answer\na1,\"Kettle, red\",\"It \"\"boils\"\"\nwater.\",");
        text.IndexOf("\nb2,Chair,Wobbly,", StringComparison.Ordinal)
            .ShouldBeLessThan(text.IndexOf("\nc3,Grün,Schön,", StringComparison.Ordinal));
        Directory.EnumerateFiles(_folder.FullPath).Count().ShouldBe(2);
    }

    [Fact]
    public async Task Lines_may_be_prompts_or_whole_requests()
    {
        await using SimulatorServer server = await StartAsync();
        string input = await WriteAsync(
            """{"id":"p","prompt":"Say one.","system":"Be brief.","model":"openai/gpt-oss-120b"}""",
            """{"custom_id":"r","method":"POST","url":"/v1/chat/completions","body":{"model":"openai/gpt-oss-20b","messages":[{"role":"user","content":"Say two."}]}}"""
        );

        CliResult result = await CliRun.Start(server, "batch", input, "-p", "1").EndAsync();

        result.ShouldBe(new CliResult(0, "", ""));
        JsonElement[] answers =
        [
            .. (await File.ReadAllLinesAsync(_folder.At("q.answers.jsonl"))).Select(line => JsonElement.Parse(line)),
        ];
        answers.Select(answer => answer.GetProperty("custom_id").GetString()).ShouldBe(["p", "r"]);
        answers[0].GetProperty("body").GetProperty("model").GetString().ShouldBe("openai/gpt-oss-120b");
        answers[1].GetProperty("answer").ToString().ShouldContain("two");
        server.Requests.First().BodyText.ShouldContain("Be brief.");
    }

    [Fact]
    public async Task Errors_go_apart_and_a_rerun_asks_only_those_again()
    {
        await using SimulatorServer server = await StartAsync();
        string input = await WriteAsync(
            """{"id":"1","prompt":"one"}""",
            """{"id":"2","prompt":"two","model":"sim/400"}""",
            """{"id":"3","prompt":"three"}"""
        );

        CliResult first = await CliRun.Start(server, "batch", input).EndAsync();

        first.ExitCode.ShouldBe(3, first.Error);
        first.Error.ShouldStartWith("groqkit: 2: ");
        (await File.ReadAllLinesAsync(_folder.At("q.answers.jsonl"))).Length.ShouldBe(2);
        (await File.ReadAllTextAsync(_folder.At("q.answers.errors.jsonl"))).ShouldStartWith(
            """{"custom_id":"2","line":2,"error":"""
        );
        await WriteAsync(
            """{"id":"1","prompt":"one"}""",
            """{"id":"2","prompt":"two"}""",
            """{"id":"3","prompt":"three"}"""
        );
        server.Requests.Clear();
        (await CliRun.Start(server, "batch", input).EndAsync()).ShouldBe(new CliResult(0, "", ""));
        server.Requests.Count.ShouldBe(1);
        (await File.ReadAllLinesAsync(_folder.At("q.answers.jsonl"))).Length.ShouldBe(3);
        File.Exists(_folder.At("q.answers.errors.jsonl")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_killed_run_goes_on_where_it_stopped()
    {
        await using SimulatorServer server = await StartAsync();
        string input = await WriteAsync([
            .. Enumerable.Range(0, 60).Select(i => $$"""{"id":"q{{i}}","prompt":"Question {{i}}"}"""),
        ]);
        server.Faults.Set("slow-headers:ms=40");
        CliRun killed = CliRun.Start(server, "batch", input, "-p", "4");
        await server.Requests.WaitForAsync(_ => server.Requests.Count >= 24).WaitAsync(CliRun.Patience);
        await killed.KillAsync();
        await killed.EndAsync();
        int done = (await File.ReadAllLinesAsync(_folder.At(".q.answers.jsonl.groqkit"))).Length;
        server.Faults.Clear();
        server.Requests.Clear();

        CliResult result = await CliRun.Start(server, "batch", input).EndAsync();

        result.ShouldBe(new CliResult(0, "", ""));
        done.ShouldBeInRange(15, 30);
        server.Requests.Count.ShouldBe(60 - done);
        (await File.ReadAllLinesAsync(_folder.At("q.answers.jsonl")))
            .Select(line => JsonElement.Parse(line).GetProperty("custom_id").GetString())
            .ShouldBe(Enumerable.Range(0, 60).Select(i => $"q{i}"));
    }

    [Fact]
    public async Task A_batch_at_the_server_is_waited_for_by_the_next_run_and_not_made_twice()
    {
        await using SimulatorServer server = await StartAsync(TimeSpan.FromSeconds(1));
        string input = await WriteAsync("""{"prompt":"one"}""", """{"prompt":"two"}""");
        CliRun killed = CliRun.Start(server, "batch", input, "--later");
        await server
            .Requests.WaitForAsync(request => request.Path.Contains("/batches/batch_", StringComparison.Ordinal))
            .WaitAsync(CliRun.Patience);
        await killed.KillAsync();
        await killed.EndAsync();

        CliResult result = await CliRun.Start(server, "batch", input, "--later").EndAsync();

        result.ShouldBe(new CliResult(0, "", ""));
        server.Requests.Count(request => request is { Method: "POST", Path: "/openai/v1/batches" }).ShouldBe(1);
        (await File.ReadAllLinesAsync(_folder.At("q.answers.jsonl"))).Length.ShouldBe(2);
    }

    [Theory]
    [InlineData("printf 'prompt\\none\\ntwo\\n' | $groqkit batch - -o a.csv")]
    [InlineData("printf '{\"prompt\":\"one\"}\\n{\"prompt\":\"two\"}\\n' | $groqkit batch -o a.csv")]
    public async Task Questions_may_come_from_a_pipe_in_either_form(string line)
    {
        await using SimulatorServer server = await StartAsync();

        CliResult result = await CliRun.Shell(CliRun.At(server) with { Folder = _folder.FullPath }, line).EndAsync();

        result.ShouldBe(new CliResult(0, "", ""));
        string[] answers = await File.ReadAllLinesAsync(_folder.At("a.csv"));
        answers.Select(answer => answer.Split(',')[0]).ShouldBe(["prompt", "one", "two"]);
    }

    [Theory]
    [InlineData("$groqkit batch - < q.jsonl", "--output is missing")]
    [InlineData("$groqkit batch /dev/stdin < q.jsonl", "/dev/stdin.answers.jsonl must be a file")]
    [InlineData("$groqkit batch q.jsonl -o /dev/stdout", "/dev/stdout must be a file")]
    [InlineData("$groqkit batch q.jsonl --window 48h", "--window goes with --later")]
    [InlineData("$groqkit batch ''", "the name of the file is empty")]
    public async Task A_run_that_could_not_go_on_is_not_begun(string line, string part)
    {
        await using SimulatorServer server = await StartAsync();
        await WriteAsync("""{"prompt":"one"}""");

        CliResult result = await CliRun.Shell(CliRun.At(server) with { Folder = _folder.FullPath }, line).EndAsync();

        result.ExitCode.ShouldBe(2, result.Error);
        result.Error.ShouldContain(part);
        server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("line 1 has no column prompt: give --template", """{"prompt":null}""")]
    [InlineData("line 1 has no column prompt, but text", """{"text":"x"}""")]
    [InlineData("--template: line 1 has no column nix, but prompt", """{"prompt":"x"}""", "--template", "{nix}")]
    [InlineData("q.jsonl, line 2: is not JSON", "{\"prompt\":\"x\"}\n{")]
    [InlineData("line 1: is not JSON: 'nope' is an invalid JSON literal (byte 2)", "nope")]
    [InlineData("--parallel must be from 1 to 256, not many", """{"prompt":"x"}""", "-p", "many")]
    [InlineData("line 2: the id a occurs twice", "{\"id\":\"a\",\"prompt\":\"x\"}\n{\"id\":\"a\",\"prompt\":\"y\"}")]
    [InlineData("there is nothing to ask", "\n")]
    [InlineData("line 1: the prompt is empty", """{"prompt":" "}""")]
    [InlineData("--parallel must be from 1 to 256, not 0", """{"prompt":"x"}""", "-p", "0")]
    public async Task Wrong_usage_is_one_line_and_code_2(string part, string content, params string[] more)
    {
        await using SimulatorServer server = await StartAsync();
        string input = await WriteAsync(content);

        CliResult result = await CliRun.Start(server, ["batch", input, .. more]).EndAsync();

        result.ExitCode.ShouldBe(2, result.Error);
        result.Error.ShouldContain(part);
        result.Error.Count(letter => letter == '\n').ShouldBe(1);
        server.Requests.ShouldBeEmpty();
    }

    private static Task<SimulatorServer> StartAsync(TimeSpan lineTime = default) =>
        SimulatorServer.StartAsync(new SimulatorOptions { RateLimits = RateLimitPlan.Off, BatchLineTime = lineTime });

    private async Task<string> WriteAsync(params string[] lines)
    {
        string input = _folder.At("q.jsonl");
        await File.WriteAllLinesAsync(input, lines);
        return input;
    }
}
