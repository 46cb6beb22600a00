using System.Text;

namespace GroqKit.Gateway.Tests.Faults;

/// <summary>Keeps <c>docs/faults.md</c> what the trials say; <c>eng/faults.sh</c> rewrites it.</summary>
[Requirement("PR-09", "GW-02")]
public sealed class FaultPageTests
{
    private const string Rewrite = "GROQKIT_WRITE_FAULTS";

    private const string Head = """
        # What becomes of faults

        Written by `eng/faults.sh` from the trials in `tests/GroqKit.Gateway.Tests/Faults`: a gateway over two simulated providers, the first with the
        fault, the second behind it in an agent's chain. Each trial checks that the caller gets one right and whole answer or one clear error, that a
        cut answer never looks whole, that there is one account, and that its trace agrees with what reached the providers. Deadlines are short there;
        the defaults are in [the setup page](setup.md). `continue`, `restart` and `hold` are values of the header `x-groqkit-on-break`.

        | no. | fault of the first provider | asked for | the caller gets |
        |---|---|---|---|
        """;

    [Fact]
    public async Task The_page_of_faults_is_what_the_trials_say()
    {
        string file = Repository.At("docs", "faults.md");
        string page = await WriteAsync();
        if (Environment.GetEnvironmentVariable(Rewrite) is "1")
            await File.WriteAllTextAsync(file, page, TestContext.Current.CancellationToken);

        string written = File.Exists(file)
            ? await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)
            : "";

        written.ShouldBe(page, "docs/faults.md is stale; eng/faults.sh rewrites it");
    }

    private static async Task<string> WriteAsync()
    {
        var page = new StringBuilder(Head).Append('\n');
        var passed = new HashSet<int>();
        int rows = 0;
        foreach (FaultCell cell in FaultCells.All)
            Add(cell.Number, cell.Title, cell.Way, await FaultTrial.RunAsync(cell));
        foreach (bool streamed in new[] { false, true })
        {
            string way = streamed ? "streamed" : "whole";
            Add(15, "flapping for 60 s over 20 requests", way, await FaultTests.FlapAsync(streamed));
            Add(16, "500, for the account of the call", way, await FaultTests.AccountAsync(streamed));
        }
        page.Append(null, $"\n{passed.Count} of 16 faults hold, in {rows} ways of meeting them.\n");
        return page.ToString();

        void Add(int number, string title, string way, string result)
        {
            passed.Add(number);
            rows++;
            page.Append(null, $"| {number} | {title} | {way} | {result} |\n");
        }
    }
}
