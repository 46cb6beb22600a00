using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using GroqKit.Cli.Hosting;

namespace GroqKit.Cli.Serving;

/// <summary>
/// <c>groqkit serve</c>: the gateway. It is a tool of its own, because whoever only chats should not have to install a database driver and a
/// dashboard; this command finds it and hands everything on.
/// </summary>
internal sealed class ServeCommand(Terminal terminal)
{
    private const string Program = "groqkit-gateway";

    public Command Build()
    {
        var command = new CliCommand(
            "serve",
            "Run the gateway: an OpenAI-compatible address with agents, keys, limits and a dashboard.",
            "groqkit serve",
            "GROQ_API_KEY=gsk_… groqkit serve --urls http://0.0.0.0:8080",
            "groqkit serve config check"
        )
        {
            Notes = static () => $"Everything behind serve is handed to {Program}; see {Program} --help.",
        };
        command.TreatUnmatchedTokensAsErrors = false;
        command.Runs(terminal, RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string file =
            InstalledProgram.Find(Program, terminal.Environment, Places())
            ?? throw new IOException(
                $"{Program} is not installed: dotnet tool install --global GroqKit.Gateway --add-source FOLDER"
            );
        using Process gateway = InstalledProgram.Start(new ProcessStartInfo(file, arguments.UnmatchedTokens));
        // Ctrl-C in a terminal reaches both; a signal that somebody sends reaches only this program.
        await using CancellationTokenRegistration handOn = cancellationToken.Register(() => Interrupt(gateway));
        await gateway.WaitForExitAsync(CancellationToken.None);
        return gateway.ExitCode;
    }

    private IEnumerable<string> Places()
    {
        if (Path.GetDirectoryName(Environment.ProcessPath) is { } beside)
            yield return beside;
        if ((terminal.Environment("HOME") ?? terminal.Environment("USERPROFILE")) is { } home)
            yield return Path.Combine(home, ".dotnet", "tools");
    }

    private static void Interrupt(Process gateway)
    {
        if (gateway.HasExited)
            return;
        if (OperatingSystem.IsWindows())
        {
            gateway.Kill();
            return;
        }
        using Process kill = InstalledProgram.Start(
            new ProcessStartInfo("kill", ["-TERM", gateway.Id.ToString(CultureInfo.InvariantCulture)])
        );
        kill.WaitForExit();
    }
}
