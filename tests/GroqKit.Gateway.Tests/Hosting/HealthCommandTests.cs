using GroqKit.Gateway.Hosting;
using GroqKit.TestKit.Loopback;

namespace GroqKit.Gateway.Tests.Hosting;

[Requirement("GW-09")]
public sealed class HealthCommandTests
{
    [Theory]
    [InlineData(200, 0)]
    [InlineData(503, 1)]
    public async Task The_exit_code_says_whether_the_gateway_is_ready(int status, int expected)
    {
        await using LoopbackServer gateway = await LoopbackServer.StartAsync(Answer.Json("{}", status));

        (int code, _, _) = await RunAsync("health", gateway.Address.ToString());

        code.ShouldBe(expected);
        gateway.Requests.Single().Target.ShouldBe("/health/ready");
    }

    [Fact]
    public async Task A_gateway_that_does_not_answer_is_not_ready()
    {
        // Port 1 has no listener anywhere that tests run.
        (int code, _, string errors) = await RunAsync("health", "http://127.0.0.1:1");

        code.ShouldBe(1);
        errors.ShouldStartWith("http://127.0.0.1:1/ does not answer: ");
    }

    [Theory]
    [InlineData("health", "nowhere")]
    [InlineData("health", "ftp://127.0.0.1")]
    [InlineData("health", "http://127.0.0.1", "again")]
    public async Task What_cannot_be_meant_is_answered_with_the_usage(params string[] args)
    {
        (int code, _, string errors) = await RunAsync(args);

        code.ShouldBe(2);
        errors.ShouldStartWith("Usage: health");
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] args)
    {
        using StringWriter output = new();
        using StringWriter errors = new();
        int code = await HealthCommand.RunAsync(args, output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
