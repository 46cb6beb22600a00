using System.Text;
using Spectre.Console;

namespace GroqKit.Cli.Display;

/// <summary>A writer as the drawing library wants it, with the width of the screen behind it.</summary>
internal sealed class ScreenOutput(TextWriter writer, bool isScreen) : IAnsiConsoleOutput
{
    private const int UsualWidth = 80;
    private const int UsualHeight = 24;

    // Below it the drawing library finds no way to place anything.
    private const int NarrowestWidth = 20;

    public TextWriter Writer => writer;

    public bool IsTerminal => isScreen;

    public int Width => Math.Max(NarrowestWidth, Measure(static () => Console.WindowWidth, UsualWidth));

    public int Height => Measure(static () => Console.WindowHeight, UsualHeight);

    // The writers are UTF-8 from the beginning.
    public void SetEncoding(Encoding encoding) { }

    private int Measure(Func<int> measure, int usual)
    {
        try
        {
            return isScreen && measure() is > 0 and var size ? size : usual;
        }
        catch (IOException)
        {
            return usual;
        }
    }
}
