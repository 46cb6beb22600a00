using System.Diagnostics;
using GroqKit.Simulator.Hosting;

namespace GroqKit.Simulator.Tests.Hosting;

[Requirement("SM-01")]
public sealed class ProgramTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_bad_option_ends_with_2_and_one_line()
    {
        using Process program = Start("--nonsense");

        string error = await program.StandardError.ReadToEndAsync(Stop);
        await program.WaitForExitAsync(Stop).WaitAsync(TimeSpan.FromSeconds(30), Stop);

        program.ExitCode.ShouldBe(2);
        error.ShouldBe($"--nonsense is not an option. --help lists them.{Environment.NewLine}");
    }

    [Fact]
    public async Task An_address_in_use_ends_with_1_and_one_line()
    {
        await using Sim sim = await Sim.StartAsync();
        using Process program = Start("--urls", sim.Server.BaseAddress.ToString());

        string error = await program.StandardError.ReadToEndAsync(Stop);
        await program.WaitForExitAsync(Stop).WaitAsync(TimeSpan.FromSeconds(30), Stop);

        program.ExitCode.ShouldBe(1);
        error.Trim().Split('\n').ShouldHaveSingleItem().ShouldContain("address already in use");
    }

    [Fact]
    public async Task Help_lists_the_options()
    {
        using Process program = Start("--help");

        string output = await program.StandardOutput.ReadToEndAsync(Stop);
        await program.WaitForExitAsync(Stop).WaitAsync(TimeSpan.FromSeconds(30), Stop);

        program.ExitCode.ShouldBe(0);
        output.ShouldBe(CommandLine.Usage);
    }

    [Fact]
    public async Task It_says_where_it_listens_and_answers_there()
    {
        using Process program = Start("--urls", "http://127.0.0.1:0", "--tokens-per-second", "0");
        try
        {
            string line = (
                await program.StandardOutput.ReadLineAsync(Stop).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Stop)
            )!;
            string address = line.Split(' ')
                .First(word => word.StartsWith("http://", StringComparison.Ordinal))
                .TrimEnd('.');
            using var client = new HttpClient();
            client.DefaultRequestHeaders.Add("Authorization", "Bearer any");

            string models = await client.GetStringAsync($"{address}/openai/v1/models", Stop);

            models.ShouldContain("openai/gpt-oss-120b");
        }
        finally
        {
            program.Kill();
        }
    }

    private static Process Start(params string[] arguments)
    {
        string program = Path.ChangeExtension(typeof(SimulatorServer).Assembly.Location, ".dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }
}
