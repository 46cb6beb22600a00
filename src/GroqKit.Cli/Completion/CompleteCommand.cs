using System.CommandLine;
using System.CommandLine.Completions;
using GroqKit.Cli.Hosting;

namespace GroqKit.Cli.Completion;

/// <summary><c>groqkit complete</c>: what may come next, for the scripts of <see cref="CompletionCommand"/>. Not shown in the help.</summary>
/// <param name="terminal">Where to.</param>
/// <param name="root">Gives the command that all others belong to.</param>
internal sealed class CompleteCommand(Terminal terminal, Func<Command> root)
{
    private readonly Argument<string> _line = new("line")
    {
        Description = "The command line up to the cursor, the program's name included.",
        HelpName = "LINE",
    };

    public Command Build()
    {
        var command = new CliCommand("complete", "What may come next on a command line.") { _line };
        command.Hidden = true;
        command.Runs(terminal, RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string line = arguments.GetValue(_line)!.TrimStart();
        int name = line.IndexOf(' ', StringComparison.Ordinal);
        if (name < 0)
            return ExitCode.Success;
        string rest = line[(name + 1)..].TrimStart();
        string word = rest[(rest.LastIndexOf(' ') + 1)..];
        foreach (CompletionItem item in root().Parse(rest).GetCompletions(rest.Length))
        {
            string text = item.InsertText ?? item.Label;
            if (IsShown(text, word))
                await terminal.Output.WriteLineAsync(text.AsMemory(), cancellationToken);
        }
        return ExitCode.Success;
    }

    // Options once somebody began one, in their long form; the library also knows the question mark and the slash for help.
    private static bool IsShown(string text, string word) =>
        word.StartsWith('-') ? text.StartsWith("--", StringComparison.Ordinal) : text[0] is not ('-' or '/');
}
