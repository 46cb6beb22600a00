using System.CommandLine;
using GroqKit.Cli.Hosting;
using GroqKit.Simulator.Hosting;

namespace GroqKit.Cli.Simulation;

/// <summary><c>groqkit simulate</c>: the simulator's own program, with the simulator's own options.</summary>
internal sealed class SimulateCommand(Terminal terminal)
{
    public Command Build()
    {
        var command = new CliCommand(
            "simulate",
            "Serve the Groq API from this machine, with made-up answers: for tests, demos and load.",
            "groqkit simulate",
            "groqkit simulate --urls http://127.0.0.1:9200 --limits off",
            "GROQ_BASE_URL=http://127.0.0.1:9100 GROQ_API_KEY=any groqkit chat hello"
        )
        {
            Notes = static () => $"Options of the simulator:\n{Options()}",
        };
        command.TreatUnmatchedTokensAsErrors = false;
        command.Runs(terminal, RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var problem = new StringWriter();
        int code = await SimulatorProgram.RunAsync(
            [.. arguments.UnmatchedTokens],
            terminal.Output,
            problem,
            cancellationToken
        );
        if (code != 0)
            await terminal.WriteErrorAsync(problem.ToString().Trim());
        return code switch
        {
            0 => ExitCode.Success,
            2 => ExitCode.Usage,
            _ => ExitCode.Failure,
        };
    }

    private static string Options() =>
        string.Join(
            '\n',
            SimulatorProgram.Usage.Split('\n').Where(line => line.StartsWith("  --", StringComparison.Ordinal))
        );
}
