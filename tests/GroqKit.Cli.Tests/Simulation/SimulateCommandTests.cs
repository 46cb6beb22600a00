using System.Diagnostics;
using System.Globalization;

namespace GroqKit.Cli.Tests.Simulation;

[Requirement("CM-01")]
public sealed class SimulateCommandTests
{
    [Fact]
    public async Task The_simulator_answers_until_it_is_interrupted()
    {
        ProcessStartInfo start = CliRun
            .At("http://127.0.0.1:9")
            .Program("dotnet", [CliRun.Assembly, "simulate", "--urls", "http://127.0.0.1:0", "--first-token-ms", "0"]);
        using Process simulator = Process.Start(start)!;
        string said = await simulator.StandardOutput.ReadLineAsync() ?? "";
        string address = said.Split(' ')[5].TrimEnd('.');

        CliResult answer = await CliRun.Start(CliRun.At(address), "chat", "hello").EndAsync();
        using Process kill = Process.Start("kill", ["-INT", simulator.Id.ToString(CultureInfo.InvariantCulture)]);

        answer.ExitCode.ShouldBe(0, answer.Error);
        answer.Output.ShouldContain("hello");
        await simulator.WaitForExitAsync().WaitAsync(CliRun.Patience);
        simulator.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Wrong_options_are_the_simulators_to_name()
    {
        CliResult result = await CliRun
            .Start(CliRun.At("http://127.0.0.1:9"), "simulate", "--limits", "none")
            .EndAsync();

        result.ShouldBe(new CliResult(2, "", "groqkit: --limits must be developer, free or off, not 'none'.\n"));
    }

    [Fact]
    public async Task The_help_lists_the_simulators_options()
    {
        CliResult result = await CliRun.Start(CliRun.At("http://127.0.0.1:9"), "simulate", "--help").EndAsync();

        result.Output.ShouldContain("--tokens-per-second");
    }
}
