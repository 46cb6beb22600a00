using System.CommandLine;
using GroqKit.Cli.Hosting;

namespace GroqKit.Cli.Completion;

/// <summary><c>groqkit completion</c>: a script that lets a shell complete our command lines.</summary>
internal sealed class CompletionCommand(Terminal terminal)
{
    private readonly Argument<string?> _shell = new("shell")
    {
        Arity = ArgumentArity.ZeroOrOne,
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
        string shell =
            arguments.GetValue(_shell)
            ?? throw new UsageException(
                $"which shell? One of {string.Join(", ", ShellScript.All.Select(known => known.Name))}"
            );
        ShellScript script = ShellScript.All.First(known => known.Name == shell);
        await terminal.Output.WriteLineAsync(script.Text.AsMemory(), cancellationToken);
        return ExitCode.Success;
    }
}
