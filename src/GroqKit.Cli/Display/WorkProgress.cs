using GroqKit.Cli.Hosting;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace GroqKit.Cli.Display;

/// <summary>Runs a long work and shows how far it is, where there is a screen and silence was not asked for.</summary>
internal static class WorkProgress
{
    private const int WidthForBar = 50;

    public static Task<T> RunAsync<T>(
        Terminal terminal,
        bool isQuiet,
        string title,
        Func<IWorkProgress, Task<T>> work
    ) => isQuiet || terminal.IsErrorRedirected ? work(new QuietProgress(terminal)) : DrawAsync(terminal, title, work);

    private static Task<T> DrawAsync<T>(Terminal terminal, string title, Func<IWorkProgress, Task<T>> work)
    {
        IAnsiConsole screen = AnsiScreen.ForError(terminal);
        return screen
            .Progress()
            .Columns([.. Columns(screen.Profile.Width)])
            .StartAsync(context => work(new BarProgress(screen, context.AddTask(title))));
    }

    private static IEnumerable<ProgressColumn> Columns(int width)
    {
        yield return new TaskDescriptionColumn { Alignment = Justify.Left };
        if (width >= WidthForBar)
        {
            yield return new ProgressBarColumn
            {
                CompletedStyle = Style.Plain,
                FinishedStyle = new Style(Color.Green),
                RemainingStyle = new Style(decoration: Decoration.Dim),
            };
        }
        yield return new CountColumn();
        if (width < WidthForBar)
            yield break;
        yield return new ElapsedTimeColumn { Style = Style.Plain };
        yield return new RemainingTimeColumn { Style = new Style(decoration: Decoration.Dim) };
    }

    /// <summary>How many of how many.</summary>
    private sealed class CountColumn : ProgressColumn
    {
        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text($"{task.Value:F0}/{task.MaxValue:F0}");
    }
}
