using System.Globalization;
using System.Text;
using GroqKit.Dashboard.Tests.Running;

namespace GroqKit.Dashboard.Tests;

/// <summary>How long pages take with a million accounts of calls: <c>bench/pages.sh</c>.</summary>
public sealed class PageTimes(Chromium chromium)
{
    private const string Variable = "GROQKIT_PAGE_TIMES";
    private const int Calls = 1_000_000;
    private const int Loads = 5;

    private static readonly string[] More =
    [
        "/?span=30d",
        "/usage?span=30d",
        "/usage?span=30d&by=key",
        "/usage?span=30d&agent=support",
        "/usage?span=30d&agent=nobody",
        "/usage?span=30d&service=stt&model=openai/gpt-oss-20b",
        "/usage/req_many_500000",
        "/agents/support",
        "/agents/support?service=general",
        "/providers/simulator",
        "/playground?tab=voice",
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_page_is_timed(bool postgres)
    {
        string? file = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(file is null, $"{Variable} names no file for the table.");
        await using DashboardStand stand = postgres ? new PostgresStand() : new DashboardStand();
        await stand.InitializeAsync();
        await Scenery.BuildAsync(stand);
        await ManyCalls.MakeAsync(stand.Database, Calls);
        await using Visitor visitor = await Visitor.ComeAsync(chromium, stand.Address);
        await visitor.SignInAsync(DashboardStand.AdminKey);
        var table = new StringBuilder();
        foreach (string path in DashboardPages.All.Concat(More))
        {
            var times = new List<double>();
            for (int i = 0; i < Loads; i++)
            {
                await visitor.GoAsync(path);
                times.Add(
                    await visitor.Page.EvaluateAsync<double>("performance.getEntriesByName('ready')[0].startTime")
                );
            }
            times.Sort();
            int bytes = await visitor.Page.EvaluateAsync<int>(
                "performance.getEntriesByType('navigation')[0].decodedBodySize"
            );
            table.AppendLine(
                CultureInfo.InvariantCulture,
                $"{(postgres ? "PostgreSQL" : "SQLite")} {path} {times[Loads / 2]:F0} {times[^1]:F0} {bytes / 1024.0:F0}"
            );
        }
        await File.AppendAllTextAsync(file!, table.ToString(), TestContext.Current.CancellationToken);
    }
}
