using GroqKit.Simulator.Hosting;

namespace GroqKit.Documents;

/// <summary>C# that is shown compiles, and runs.</summary>
[Requirement("DL-03")]
public sealed class CodeTests(CompiledBlocks compiled) : IClassFixture<CompiledBlocks>
{
    public static TheoryData<string> Runs =>
        Block.Places(block => block.Language == "csharp" && block.Fate is "" or "given");

    [Fact]
    public void All_of_it_compiles() => File.Exists(compiled.Program).ShouldBeTrue();

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task It_runs_against_the_simulator(string place)
    {
        await using SimulatorServer groq = await SimulatorServer.StartAsync();
        using var folder = new TempDirectory();

        Command run = await Command.RunAsync(
            "dotnet",
            [compiled.Program, place],
            folder.FullPath,
            ("GROQ_API_KEY", "gsk_documents"),
            ("GROQ_BASE_URL", groq.BaseAddress.ToString()),
            ("GROQ_HOST", null)
        );

        run.Error.ShouldBeEmpty();
        run.Code.ShouldBe(0, run.Output);
    }
}
