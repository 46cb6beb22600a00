using System.Text.Json;
using System.Text.RegularExpressions;
using GroqKit.Simulator.Hosting;

namespace GroqKit.Cli.Tests.Models;

[Requirement("CM-01")]
public sealed partial class ModelsCommandTests
{
    [Fact]
    public async Task A_pipe_gets_lines_with_tabs_and_no_colour()
    {
        await using SimulatorServer server = await SimulatorServer.StartAsync();

        CliResult result = await CliRun.Start(server, "models").EndAsync();

        string[] lines = result.Output.TrimEnd().Split('\n');
        lines[0].ShouldStartWith("MODEL\tKIND\tSTATUS\tCONTEXT\t$ IN / OUT\t");
        lines.ShouldContain(line => line.StartsWith("openai/gpt-oss-120b\tchat\tproduction\t131k\t$0.15 / $0.60\t"));
        lines.ShouldAllBe(line => line.Count(letter => letter == '\t') == 5);
        result.Output.ShouldNotContain("llama-3.3");
        result.Output.ShouldNotContain("\u001b");
        result.Error.ShouldBe("");
    }

    [Theory]
    [InlineData("--capability vision", "qwen/qwen3.8-27b")]
    [InlineData("--kind speech --provider canopylabs", "canopylabs/orpheus-v1-english,canopylabs/orpheus-arabic-saudi")]
    [InlineData("--capability translation", "whisper-large-v3")]
    [InlineData("--kind nothing", "")]
    public async Task Filters_leave_what_fits_all_of_them(string filters, string expected)
    {
        await using SimulatorServer server = await SimulatorServer.StartAsync();

        CliResult result = await CliRun.Start(server, ["models", "--json", .. filters.Split(' ')]).EndAsync();

        result.ExitCode.ShouldBe(0, result.Error);
        result
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonElement.Parse(line).GetProperty("id").GetString())
            .ShouldBe(expected.Split(',', StringSplitOptions.RemoveEmptyEntries), ignoreOrder: true);
    }

    [Fact]
    public async Task A_retired_model_says_what_to_take_instead()
    {
        await using SimulatorServer server = await SimulatorServer.StartAsync();

        CliResult text = await CliRun.Start(server, "models", "gemma2-9b-it").EndAsync();
        CliResult json = await CliRun.Start(server, "models", "gemma2-9b-it", "--json").EndAsync();

        text.Output.ShouldContain("status        retired");
        text.Output.ShouldContain("take instead  openai/gpt-oss-20b");
        JsonElement.Parse(json.Output).GetProperty("replacement").GetString().ShouldBe("openai/gpt-oss-20b");
        JsonElement.Parse(json.Output).GetProperty("active").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Without_a_key_what_is_known_is_shown_and_said_to_be_that()
    {
        await using StubServer server = await StubServer.StartAsync();

        CliResult result = await CliRun.StartWithoutKey(server, "models").EndAsync();

        result.ExitCode.ShouldBe(0);
        result.Error.ShouldStartWith("groqkit: without a key (GROQ_API_KEY) this is what was known on 20");
        result.Output.ShouldContain("openai/gpt-oss-120b");
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_screen_gets_a_table_that_fits_its_width()
    {
        await using SimulatorServer server = await SimulatorServer.StartAsync();

        CliResult result = await CliRun
            .Shell(CliRun.At(server), "script -qec \"stty cols 80; $groqkit models\" /dev/null")
            .EndAsync();

        result.ExitCode.ShouldBe(0, result.Output);
        result.Output.ShouldContain("\u001b[1m");
        result.Output.ShouldContain("meta-llama/llama-prompt-guard-2-22m");
        Plain(result.Output).Split('\n').ShouldAllBe(line => line.TrimEnd().Length <= 80);
    }

    [Theory]
    [InlineData("NO_COLOR", "1")]
    [InlineData("TERM", "dumb")]
    public async Task Colour_is_left_out_where_it_is_not_wanted(string variable, string value)
    {
        await using SimulatorServer server = await SimulatorServer.StartAsync();
        CliPlace place = CliRun.At(server) with
        {
            Environment = new Dictionary<string, string?> { [variable] = value },
        };

        CliResult result = await CliRun
            .Shell(place, "script -qec \"$groqkit models --kind chat\" /dev/null")
            .EndAsync();

        result.Output.ShouldContain("openai/gpt-oss-120b");
        result.Output.ShouldNotContain("\u001b[3");
    }

    [Theory]
    [InlineData("there is no model gpt-oss", "models", "gpt-oss")]
    [InlineData("--all and --active exclude each other", "models", "--all", "--active")]
    public async Task Wrong_usage_is_one_line_and_code_2(string part, params string[] args)
    {
        await using SimulatorServer server = await SimulatorServer.StartAsync();

        CliResult result = await CliRun.Start(server, args).EndAsync();

        result.ExitCode.ShouldBe(2, result.Error);
        result.Error.ShouldContain(part);
        result.Error.Count(letter => letter == '\n').ShouldBe(1);
    }

    private static string Plain(string text) => Escape().Replace(text, "");

    [GeneratedRegex("\u001b\\[[0-9;?]*[a-zA-Z]", RegexOptions.None, 1000)]
    private static partial Regex Escape();
}
