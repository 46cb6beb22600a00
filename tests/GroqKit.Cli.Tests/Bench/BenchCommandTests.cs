using System.Text.Json;
using GroqKit.Simulator.Hosting;
using GroqKit.Simulator.RateLimits;

namespace GroqKit.Cli.Tests.Bench;

[Requirement("CM-01")]
public sealed class BenchCommandTests
{
    [Fact]
    public async Task Figures_are_measured_over_all_requests_after_the_warm_up()
    {
        await using SimulatorServer server = await StartAsync();

        CliResult result = await CliRun
            .Start(server, "bench", "-n", "20", "-c", "4", "--warm-up", "3", "--max-tokens", "20", "--json")
            .EndAsync();

        result.ExitCode.ShouldBe(0, result.Error);
        result.Error.ShouldBe("");
        server.Requests.Count.ShouldBe(23);
        JsonElement report = JsonElement.Parse(result.Output);
        report.GetProperty("answered").GetInt32().ShouldBe(20);
        foreach (string figure in (string[])["firstTokenMs", "totalMs", "tokensPerSecond"])
        {
            JsonElement values = report.GetProperty(figure);
            values.GetProperty("p50").GetDecimal().ShouldBeGreaterThan(0);
            values.GetProperty("p99").GetDecimal().ShouldBeGreaterThanOrEqualTo(values.GetProperty("p50").GetDecimal());
        }
    }

    [Fact]
    public async Task A_pipe_gets_lines_with_tabs_and_a_screen_a_chart()
    {
        await using SimulatorServer server = await StartAsync();

        CliResult piped = await CliRun.Start(server, "bench", "-n", "5", "--max-tokens", "5").EndAsync();
        CliResult seen = await CliRun
            .Shell(CliRun.At(server), "script -qec \"stty cols 80; $groqkit bench -n 5 --max-tokens 5\" /dev/null")
            .EndAsync();

        piped.Output.ShouldStartWith("\tp50\tp95\tp99\tmin\tmax\nfirst token (ms)\t");
        piped.Output.ShouldNotContain("\u001b");
        seen.Output.ShouldContain("requests by first token (ms)");
        seen.Output.ShouldContain("█");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    public async Task A_narrow_screen_gets_the_figures_that_fit(int columns)
    {
        await using SimulatorServer server = await StartAsync();

        CliResult seen = await CliRun
            .Shell(
                CliRun.At(server),
                $"script -qec \"stty cols {columns}; $groqkit bench -n 3 --max-tokens 5\" /dev/null"
            )
            .EndAsync();

        seen.ExitCode.ShouldBe(0, seen.Output);
        seen.Output.ShouldContain("p50");
        seen.Output.ShouldNotContain("max");
        seen.Output.ShouldContain("3 answered, 0 failed");
    }

    [Fact]
    public async Task What_fails_is_counted_not_retried_and_changes_the_code()
    {
        await using SimulatorServer server = await StartAsync();
        server.Faults.Set("503", count: 3);

        CliResult result = await CliRun.Start(server, "bench", "-n", "10", "--warm-up", "0", "--json").EndAsync();

        result.ExitCode.ShouldBe(3);
        JsonElement.Parse(result.Output).GetProperty("failed").GetInt32().ShouldBe(3);
        server.Requests.Count.ShouldBe(10);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_one_line()
    {
        CliResult result = await CliRun.Start(CliRun.At("http://127.0.0.1:9"), "bench").EndAsync();

        result.ExitCode.ShouldBe(1);
        result.Error.Count(letter => letter == '\n').ShouldBe(1);
    }

    private static Task<SimulatorServer> StartAsync() =>
        SimulatorServer.StartAsync(new SimulatorOptions { RateLimits = RateLimitPlan.Off });
}
