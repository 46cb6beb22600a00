using GroqKit.Cli.Hosting;
using Spectre.Console;

namespace GroqKit.Cli.Display;

/// <summary>What draws tables, charts and progress. Made only where somebody looks at it.</summary>
internal static class AnsiScreen
{
    /// <summary>Draws on the error stream, so that the output stays what was asked for.</summary>
    public static IAnsiConsole ForError(Terminal terminal) =>
        Create(terminal, terminal.Error, !terminal.IsErrorRedirected);

    public static IAnsiConsole ForOutput(Terminal terminal) =>
        Create(terminal, terminal.Output, !terminal.IsOutputRedirected);

    private static IAnsiConsole Create(Terminal terminal, TextWriter writer, bool isScreen)
    {
        bool isPlain = terminal.Environment("NO_COLOR") is { Length: > 0 } || terminal.Environment("TERM") is "dumb";
        return AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = isScreen && terminal.Environment("TERM") is not "dumb" ? AnsiSupport.Detect : AnsiSupport.No,
                ColorSystem = isScreen && !isPlain ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
                Interactive = isScreen ? InteractionSupport.Yes : InteractionSupport.No,
                Out = new ScreenOutput(writer, isScreen),
            }
        );
    }
}
