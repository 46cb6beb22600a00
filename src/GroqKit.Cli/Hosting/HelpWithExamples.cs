using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace GroqKit.Cli.Hosting;

/// <summary>The help of the library, followed by examples, or for the program as a whole by its exit codes.</summary>
internal sealed class HelpWithExamples(HelpAction help, Terminal terminal) : SynchronousCommandLineAction
{
    private const int WidestLine = 100;

    public override int Invoke(ParseResult parseResult)
    {
        help.MaxWidth = terminal.IsOutputRedirected ? WidestLine : Math.Clamp(Console.WindowWidth, 40, WidestLine);
        int code = help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is CliCommand { Examples.Count: > 0 } command)
        {
            if (command.Notes is { } notes)
                output.WriteLine($"{notes()}\n");
            output.WriteLine("Examples:");
            foreach (string example in command.Examples)
                output.WriteLine($"  {example}");
            output.WriteLine();
        }
        else
        {
            output.WriteLine("Exit codes:");
            foreach (var (number, meaning) in ExitCode.Table)
                output.WriteLine($"  {number, -3}  {meaning}");
            output.WriteLine();
            output.WriteLine("groqkit COMMAND --help shows a command's options and examples.");
        }
        return code;
    }
}
