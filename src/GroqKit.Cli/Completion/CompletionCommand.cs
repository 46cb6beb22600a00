using System.CommandLine;
using GroqKit.Cli.Hosting;

namespace GroqKit.Cli.Completion;

/// <summary><c>groqkit completion</c>: a script that lets a shell complete our command lines.</summary>
internal sealed class CompletionCommand(Terminal terminal)
{
    private readonly Argument<string> _shell = new("shell")
    {
        Description = string.Join(", ", ShellScript.All.Select(script => script.Name)) + ".",
        HelpName = "SHELL",
    };

    public Command Build()
    {
        var command = new CliCommand(
            "completion",
            "Print what lets a shell complete commands, options and models.",
            [.. ShellScript.All.Select(script => script.Install)]
        )
        {
            _shell,
        };
        _shell.AcceptOnlyFromAmong([.. ShellScript.All.Select(script => script.Name)]);
        command.Runs(terminal, RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        ShellScript script = ShellScript.All.First(script => script.Name == arguments.GetValue(_shell));
        await terminal.Output.WriteLineAsync(script.Text.AsMemory(), cancellationToken);
        return ExitCode.Success;
    }
}
