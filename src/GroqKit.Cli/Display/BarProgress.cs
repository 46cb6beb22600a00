using GroqKit.Cli.Hosting;
using Spectre.Console;

namespace GroqKit.Cli.Display;

/// <summary>A bar with count and time, for people.</summary>
internal sealed class BarProgress(IAnsiConsole screen, ProgressTask bar) : IWorkProgress
{
    private readonly Lock _gate = new();

    public void Begin(int total, int done)
    {
        bar.MaxValue = Math.Max(total, 1);
        bar.Value = done;
    }

    public void Advance() => bar.Increment(1);

    public void Say(string status) => bar.Description = Markup.Escape(Printable.Line(status));

    public void Fail(string message)
    {
        lock (_gate)
            screen.WriteLine($"groqkit: {Printable.Line(message)}");
    }
}
