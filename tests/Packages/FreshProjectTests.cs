using GroqKit.Simulator.Hosting;

namespace GroqKit.Packages;

/// <summary>Each library is installed into a new project outside the tree, which answers whole and streamed over real HTTP.</summary>
[Requirement("DL-01")]
public sealed class FreshProjectTests(FreshProjects projects) : IClassFixture<FreshProjects>
{
    public static TheoryData<string, string> Programs =>
        new()
        {
            { "GroqKit", "net10.0" },
            { "GroqKit", "net8.0" },
            { "GroqKit.Extensions", "net10.0" },
            { "GroqKit.Extensions", "net8.0" },
            { "GroqKit.Testing", "net10.0" },
            { "GroqKit.Testing", "net8.0" },
            { "GroqKit.Providers", "net10.0" },
            { "GroqKit.Voice", "net10.0" },
            { "GroqKit.Simulator", "net10.0" },
        };

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task A_fresh_project_with_the_package_answers_whole_and_streamed(string id, string framework)
    {
        await using SimulatorServer groq = await SimulatorServer.StartAsync();
        using var folder = new TempDirectory();

        Command run = await Command.RunAsync(
            "dotnet",
            [projects.Program(id, framework)],
            folder.FullPath,
            ("GROQ_API_KEY", "gsk_fresh"),
            ("GROQ_BASE_URL", groq.BaseAddress.ToString()),
            ("GROQ_HOST", null),
            // What was built for an older runtime runs on the one that is here.
            ("DOTNET_ROLL_FORWARD", "Major")
        );

        run.Error.ShouldBeEmpty();
        run.Code.ShouldBe(0, run.Output);
        string[] lines = run.Output.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        int half = (lines.Length - 1) / 2;
        string.Concat(lines[..half]).Length.ShouldBeGreaterThan(5);
        lines[half..^1].ShouldBe(lines[..half], run.Output);
        int.Parse(lines[^1]).ShouldBeGreaterThan(1, run.Output);
    }
}
