using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Infrastructure.Usage;

namespace GroqKit.Bench.Gateway.Reports;

/// <summary>Fills an empty database with accounts and measures what storing one costs, and how long reports over them take.</summary>
internal static class ReportBench
{
    public static async Task RunAsync(string connection, int rows, int days, CancellationToken cancellationToken)
    {
        var end = new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);
        await using IDatabase database = DatabaseAddress.Parse(connection, Environment.CurrentDirectory).Create();
        await new Migrator(database, Migration.All, TimeProvider.System).RunAsync(cancellationToken);
        TimeSpan cpu = await new ManyAccounts(end, days).StoreAsync(database, rows, cancellationToken);
        Console.WriteLine(
            $"{rows} rows of {days} days, {cpu.TotalMicroseconds / rows:0.0} us of CPU of this process each"
        );
        Console.WriteLine($"{"summary of", -24} {"median ms", 10} {"worst ms", 10}");
        var reports = new UsageReports(database);
        foreach (
            (string name, double median, double worst) in await new SummaryTimes(
                reports,
                TimeProvider.System
            ).MeasureAsync(end, days, cancellationToken)
        )
            Console.WriteLine($"{name, -24} {median, 10:0.0} {worst, 10:0.0}");
    }
}
