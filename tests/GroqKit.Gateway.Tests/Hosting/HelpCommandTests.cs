using GroqKit.Gateway.Hosting;
using GroqKit.Gateway.Tests.Running;

namespace GroqKit.Gateway.Tests.Hosting;

public sealed class HelpCommandTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("help")]
    public async Task Whoever_asks_is_told_the_commands_and_nothing_is_started(string asked)
    {
        using var folder = new TempDirectory();

        (int code, string output) = await GatewayProcess.RunAsync(folder.FullPath, [asked], []);

        code.ShouldBe(0, output);
        output.ShouldContain("config check");
        output.ShouldContain("GROQ_API_KEY");
        Directory.EnumerateFileSystemEntries(folder.FullPath).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--urls", "http://127.0.0.1:0")]
    [InlineData("config", "show")]
    public void Nobody_else_is(params string[] args) => HelpCommand.IsMeant(args).ShouldBeFalse();
}
