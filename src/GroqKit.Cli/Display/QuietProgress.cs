using GroqKit.Cli.Hosting;

namespace GroqKit.Cli.Display;

/// <summary>For pipes and for --quiet: only failures are told.</summary>
internal sealed class QuietProgress(Terminal terminal) : IWorkProgress
{
    private readonly Lock _gate = new();

    public void Begin(int total, int done) { }

    public void Advance() { }

    public void Say(string status) { }

    public void Fail(string message)
    {
        lock (_gate)
            terminal.Error.WriteLine($"groqkit: {Printable.Line(message)}");
    }
}
