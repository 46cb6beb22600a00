using GroqKit.Simulator.Hosting;

namespace GroqKit.Cli.Tests.Hosting;

[Requirement("CM-01")]
public sealed class CommandLineTests
{
    private static readonly CliPlace Nowhere = CliRun.At("http://127.0.0.1:9");

    [Theory]
    [InlineData("chat")]
    [InlineData("transcribe")]
    [InlineData("translate")]
    [InlineData("speak")]
    [InlineData("models")]
    [InlineData("batch")]
    [InlineData("bench")]
    [InlineData("serve")]
    [InlineData("simulate")]
    [InlineData("completion")]
    public async Task Every_command_is_in_the_help_and_has_examples_of_its_own(string command)
    {
        CliResult help = await CliRun.Start(Nowhere, "--help").EndAsync();
        CliResult own = await CliRun.Start(Nowhere, command, "--help").EndAsync();

        help.ShouldSatisfyAllConditions(() => help.ExitCode.ShouldBe(0), () => help.Error.ShouldBe(""));
        help.Output.ShouldContain($"\n  {command} ");
        own.Output.ShouldContain($"\n  groqkit {command}");
        own.Output.ShouldContain("Examples:");
        own.Output.Split('\n').ShouldAllBe(line => line.Length <= 110);
    }

    [Fact]
    public async Task The_help_and_the_document_have_the_same_table_of_exit_codes()
    {
        CliResult help = await CliRun.Start(Nowhere).EndAsync();
        string document = await File.ReadAllTextAsync(Repository.At("docs", "cli.md"));

        string[] codes =
        [
            .. help
                .Output.Split("Exit codes:\n")[1]
                .Split("\n\n")[0]
                .Split('\n')
                .Select(line => line.Trim().Split(' ', 2, StringSplitOptions.RemoveEmptyEntries))
                .Select(parts => $"| {parts[0]} | {parts[1].Trim()} |"),
        ];
        codes.Length.ShouldBe(6);
        foreach (string code in codes)
            document.ShouldContain(code);
    }

    [Fact]
    public async Task The_version_is_one_line() =>
        (await CliRun.Start(Nowhere, "--version").EndAsync()).Output.ShouldMatch(@"^\d+\.\d+\.\d+\S*\n$");

    [Theory]
    [InlineData("there is no command nonsense", "nonsense")]
    [InlineData("there is no option --nonsense", "--nonsense")]
    [InlineData("there is no option --nonsense", "models", "--nonsense")]
    [InlineData("--all takes no value", "models", "--offline", "--all=false")]
    [InlineData("-a takes no value", "models", "--offline", "-a=false")]
    public async Task What_does_not_exist_is_named(string part, params string[] args)
    {
        CliResult result = await CliRun.Start(Nowhere, args).EndAsync();

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain(part);
        result.Error.Count(letter => letter == '\n').ShouldBe(1);
    }

    [Fact]
    public async Task A_full_disk_is_one_line_and_code_1()
    {
        CliResult result = await CliRun.Shell(Nowhere, "$groqkit models --offline > /dev/full").EndAsync();

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldStartWith("groqkit: No space left on device");
        result.Error.Count(letter => letter == '\n').ShouldBe(1);
    }

    [Theory]
    [InlineData("$groqkit models --offline > /dev/full 2> /dev/full", 1)]
    [InlineData("$groqkit nonsense 2> /dev/full", 2)]
    [InlineData("$groqkit nonsense 2>&-", 2)]
    public async Task Without_an_error_stream_the_code_remains(string line, int code) =>
        (await CliRun.Shell(Nowhere, line).EndAsync()).ShouldBe(new CliResult(code, "", ""));

    [Theory]
    [InlineData("$groqkit chat <&-", 2, "groqkit: there is no prompt: give one as an argument or on standard input\n")]
    [InlineData("$groqkit models --offline >&-", 1, "groqkit: standard output is closed\n")]
    [InlineData("$groqkit models --offline <&- >&-", 1, "groqkit: standard output is closed\n")]
    public async Task A_stream_that_is_closed_from_the_start_is_empty_or_an_error(string line, int code, string error)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux shows a program its own pipes.");

        (await CliRun.Shell(Nowhere, line).EndAsync()).ShouldBe(new CliResult(code, "", error));
    }

    [Fact]
    public async Task Behind_two_hyphens_words_are_taken_as_they_are_and_wishes_take_no_word_at_all()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, """{"choices":[{"message":{"role":"assistant","content":"ok"}}]}""");

        CliResult result = await CliRun.Start(server, "chat", "--no-stream", "true", "--", "--or", "-5").EndAsync();

        result.ShouldBe(new CliResult(0, "ok", ""));
        server.Requests.Single().Body.ShouldContain("\"true --or -5\"");
    }

    [Theory]
    [InlineData("head -c 1000 /dev/urandom | $groqkit chat", "standard input is not text in UTF-8")]
    [InlineData("printf 'a\\0b' | $groqkit speak -o /dev/null", "standard input is not text")]
    public async Task What_is_no_text_is_not_sent(string line, string error)
    {
        await using StubServer server = await StubServer.StartAsync();

        CliResult result = await CliRun.Shell(CliRun.At(server.Address), line).EndAsync();

        result.ShouldBe(new CliResult(2, "", $"groqkit: {error}\n"));
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_without_encryption_is_named_as_that()
    {
        await using StubServer server = await StubServer.StartAsync();
        string address = server.Address.Replace("http:", "https:", StringComparison.Ordinal);

        CliResult result = await CliRun.Start(CliRun.At(address), "chat", "hi").EndAsync();

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldStartWith("groqkit: there is no secure connection to the server: ");
    }

    [Fact]
    public async Task A_stream_that_falls_silent_ends_after_the_time_that_was_given()
    {
        await using SimulatorServer server = await SimulatorServer.StartAsync();

        CliResult result = await CliRun.Start(server, "chat", "-m", "sim/stall", "--timeout", "1", "hi").EndAsync();

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldStartWith("groqkit: No progress within 1 s");
    }

    [Fact]
    public async Task A_reader_that_leaves_ends_the_program_in_silence()
    {
        await using StubServer server = await StubServer.StartAsync();
        string words = string.Concat(
            Enumerable.Repeat("""data: {"choices":[{"delta":{"content":"word\n"}}]}""" + "\n\n", 20_000)
        );
        server.NextStream(words + "data: [DONE]\n\n");

        CliResult result = await CliRun
            .Shell(CliRun.At(server.Address), "set -o pipefail; $groqkit chat hi | head -n 1")
            .EndAsync();

        result.ShouldBe(new CliResult(141, "word\n", ""));
    }
}
