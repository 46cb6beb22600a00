using GroqKit.Simulator.Hosting;
using GroqKit.Simulator.RateLimits;

namespace GroqKit.Simulator.Tests.Hosting;

[Requirement("SM-01")]
public sealed class CommandLineTests
{
    [Fact]
    public void Every_option_is_read()
    {
        CommandLine command = CommandLine.Parse([
            "--urls",
            "http://127.0.0.1:0",
            "--first-token-ms",
            "20",
            "--tokens-per-second",
            "0",
            "--limits",
            "free",
            "--keys",
            "a, b",
            "--enterprise",
            "--retired",
        ]);

        command.Url.ShouldBe("http://127.0.0.1:0");
        command.Options.FirstToken.ShouldBe(TimeSpan.FromMilliseconds(20));
        command.Options.TokensPerSecond.ShouldBeNull();
        command.Options.RateLimits.ShouldBe(RateLimitPlan.Free);
        command.Options.AcceptedKeys.ShouldBe(["a", "b"]);
        command.Options.EnterpriseModels.ShouldBeTrue();
        command.Options.RetiredModels.ShouldBeTrue();
    }

    [Fact]
    public void Without_options_it_behaves_like_the_real_thing()
    {
        CommandLine command = CommandLine.Parse([]);

        command.Url.ShouldBe("http://127.0.0.1:9100");
        command.Options.RateLimits.ShouldBe(RateLimitPlan.Developer);
        command.Options.FirstToken.ShouldBe(TimeSpan.FromMilliseconds(50));
        command.Options.TokensPerSecond.ShouldBe(500);
    }

    [Theory]
    [InlineData("--nonsense", "--nonsense is not an option.")]
    [InlineData("--urls", "--urls needs a value.")]
    [InlineData("--urls ftp://127.0.0.1", "--urls must be one http address")]
    [InlineData("--urls http://example.com", "--urls must be one http address")]
    [InlineData("--limits none", "--limits must be developer, free or off")]
    [InlineData("--first-token-ms soon", "--first-token-ms must be a number")]
    [InlineData("--tokens-per-second -1", "--tokens-per-second must be a number")]
    [InlineData("--scenario /nowhere/to/be/found.json", "--scenario /nowhere/to/be/found.json: Could not find")]
    [InlineData("--keys ,", "AcceptedKeys must name at least one key")]
    public void A_mistake_is_named(string arguments, string message) =>
        Should.Throw<FormatException>(() => CommandLine.Parse(arguments.Split(' '))).Message.ShouldContain(message);
}
