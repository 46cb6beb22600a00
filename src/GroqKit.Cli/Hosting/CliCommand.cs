using System.CommandLine;

namespace GroqKit.Cli.Hosting;

/// <summary>A command whose help shows examples and whose errors are reported the one way that all share.</summary>
internal sealed class CliCommand(string name, string description, params IReadOnlyList<string> examples)
    : Command(name, description)
{
    /// <summary>Whole command lines, as somebody would type them.</summary>
    public IReadOnlyList<string> Examples => examples;

    /// <summary>What the help says between options and examples; null for nothing.</summary>
    public Func<string>? Notes { get; init; }

    /// <summary>Sets what the command does.</summary>
    /// <param name="terminal">For errors.</param>
    /// <param name="work">Gives the exit code.</param>
    public void Runs(Terminal terminal, Func<ParseResult, CancellationToken, Task<int>> work) =>
        SetAction(
            (arguments, cancellationToken) =>
                new ErrorReport(terminal, this).GuardAsync(() => work(arguments, cancellationToken))
        );
}
