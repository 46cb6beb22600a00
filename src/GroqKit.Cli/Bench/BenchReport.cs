using System.Globalization;
using GroqKit.Cli.Display;
using GroqKit.Cli.Hosting;
using Spectre.Console;

namespace GroqKit.Cli.Bench;

/// <summary>What a measurement found: a table, a chart on screens, or JSON.</summary>
internal sealed class BenchReport(IReadOnlyList<BenchSample> samples, TimeSpan elapsed)
{
    private const int Bars = 8;
    private const int WidestChart = 72;

    private readonly BenchFigure[] _figures =
    [
        BenchFigure.From(
            "first token (ms)",
            "firstTokenMs",
            samples.Select(sample => sample.FirstToken?.TotalMilliseconds)
        ),
        BenchFigure.From(
            "whole answer (ms)",
            "totalMs",
            Good(samples).Select(sample => (double?)sample.Total.TotalMilliseconds)
        ),
        BenchFigure.From("tokens per second", "tokensPerSecond", samples.Select(sample => sample.TokensPerSecond)),
    ];

    public int Failed => samples.Count - Good(samples).Count();

    private double PerSecond => Good(samples).Count() / elapsed.TotalSeconds;

    private double TokensPerSecond => samples.Sum(sample => sample.Tokens ?? 0) / elapsed.TotalSeconds;

    public async Task WriteAsync(Terminal terminal)
    {
        var grid = new Listing(
            new ListingColumn("", Wraps: true),
            new ListingColumn("p50", IsNumber: true),
            new ListingColumn("p95", IsNumber: true, Rank: 1),
            new ListingColumn("p99", IsNumber: true, Rank: 2),
            new ListingColumn("min", IsNumber: true, Rank: 4),
            new ListingColumn("max", IsNumber: true, Rank: 3)
        );
        foreach (BenchFigure figure in _figures)
        {
            double[] values =
            [
                figure.Percentile(0.5),
                figure.Percentile(0.95),
                figure.Percentile(0.99),
                figure.Percentile(double.Epsilon),
                figure.Percentile(1),
            ];
            grid.Add([figure.Name, .. values.Select(Show)]);
        }
        await grid.WriteAsync(terminal);
        if (!terminal.IsOutputRedirected)
            Draw(AnsiScreen.ForOutput(terminal));
        await terminal.Output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{samples.Count - Failed} answered, {Failed} failed, {PerSecond:F1} requests/s, {TokensPerSecond:F0} tokens/s together"
            )
        );
        foreach (
            IGrouping<string?, BenchSample> error in samples
                .GroupBy(sample => sample.Error)
                .Where(e => e.Key is not null)
        )
            await terminal.WriteErrorAsync($"{error.Count()} times: {error.Key}");
    }

    public string ToJson() =>
        JsonText.Write(json =>
        {
            json.WriteNumber("answered", samples.Count - Failed);
            json.WriteNumber("failed", Failed);
            json.WriteNumber("requestsPerSecond", Math.Round(PerSecond, 2));
            json.WriteNumber("tokensPerSecondTogether", Math.Round(TokensPerSecond, 1));
            foreach (BenchFigure figure in _figures)
            {
                json.WriteStartObject(figure.Key);
                foreach (var (name, share) in new[] { ("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("max", 1) })
                    json.WriteNumberOrNull(name, Round(figure.Percentile(share)));
                json.WriteEndObject();
            }
        });

    private void Draw(IAnsiConsole screen)
    {
        BenchFigure figure = _figures[0];
        BarChart chart = new BarChart()
            .Width(Math.Min(WidestChart, screen.Profile.Width))
            .Label($"requests by {figure.Name}")
            .LeftAlignLabel();
        foreach (var (from, to, count) in figure.Histogram(Bars))
            chart.AddItem($"{Show(from)} - {Show(to)}", count, Color.Blue);
        screen.WriteLine();
        if (chart.Data.Count > 0)
            screen.Write(chart);
        screen.WriteLine();
    }

    private static IEnumerable<BenchSample> Good(IEnumerable<BenchSample> samples) =>
        samples.Where(sample => sample.Error is null);

    private static string Show(double value) =>
        double.IsNaN(value) ? "-" : value.ToString(value < 100 ? "F1" : "F0", CultureInfo.InvariantCulture);

    private static decimal? Round(double value) => double.IsNaN(value) ? null : Math.Round((decimal)value, 2);
}
