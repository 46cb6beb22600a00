using System.Globalization;
using GroqKit.Resilience;

namespace GroqKit.Tests.Resilience;

/// <summary>A thousand and more parallel calls against a simulated server, whose limits the gate has to find out.</summary>
[Requirement("CL-21")]
public sealed class RateGateLoadTests(ITestOutputHelper output)
{
    private const string FreePlan = "RPM 30, RPD 1000, TPM 8000, TPD 200000";
    private const string DeveloperPlan = "RPM 1000, RPD 500000, TPM 250000";

    [Theory]
    [InlineData("RPD 1000000, TPM 8000", "TPM", 1000, false, 0.3)]
    [InlineData("RPD 1000000, TPM 8000", "TPM", 1000, true, 0.3)]
    [InlineData("RPD 1000000, TPM 8000", "TPM", 1000, true, 8)]
    [InlineData("RPD 1000000, TPM 60000", "TPM", 1000, false, 0.1)]
    [InlineData("RPD 1000000, TPM 60000", "TPM", 1000, true, 1)]
    [InlineData("RPD 400, TPM 1000000000", "RPD", 1000, false, 1)]
    [InlineData("RPD 400, TPM 1000000000", "RPD", 1000, true, 1)]
    [InlineData(FreePlan, "RPM", 1000, false, 1)]
    [InlineData(FreePlan, "RPM", 1000, true, 1)]
    [InlineData(DeveloperPlan, "RPM", 3000, false, 1)]
    [InlineData(DeveloperPlan, "RPM", 3000, true, 1)]
    public async Task Parallel_calls_use_the_limit_and_hardly_ever_run_into_it(
        string limits,
        string scarce,
        int calls,
        bool streams,
        double work
    )
    {
        RateServer server = await RunAsync(limits, windows: false, calls, streams, work, CallsOf70To320Tokens(calls));

        output.WriteLine($"{server.Refused} refused, {server.ShareUsed(scarce):P1} used in {server.Now:0} s");
        server.Admitted.ShouldBe(calls);
        server.Refused.ShouldBeLessThan(calls / 100);
        server.ShareUsed(scarce).ShouldBeGreaterThan(0.95);
    }

    [Theory]
    [InlineData("TPM 60000", "TPM", false)]
    [InlineData("TPM 8000", "TPM", true)]
    [InlineData("RPD 400", "RPD", false)]
    public async Task Limits_that_come_back_all_at_once_are_recognised(string limits, string scarce, bool streams)
    {
        RateServer server = await RunAsync(limits, windows: true, 1000, streams, work: 0.3, CallsOf70To320Tokens(1000));

        output.WriteLine($"{server.Refused} refused, {server.ShareUsed(scarce):P1} used in {server.Now:0} s");
        server.Refused.ShouldBeLessThan(20);
        server.ShareUsed(scarce).ShouldBeGreaterThan(0.95);
    }

    [Fact]
    public async Task A_limit_that_only_a_refusal_names_is_kept_from_then_on()
    {
        RateServer server = await RunAsync(
            "RPM 600",
            windows: false,
            calls: 2000,
            streams: false,
            work: 0.1,
            CallsOf70To320Tokens(2000)
        );

        output.WriteLine($"{server.Refused} refused, {server.ShareUsed("RPM"):P1} used in {server.Now:0} s");
        server.Admitted.ShouldBe(2000);
        server.Refused.ShouldBeLessThanOrEqualTo(1400, "each call that was on its way at the first refusal, once");
        server.ShareUsed("RPM").ShouldBeGreaterThan(0.95);
    }

    private static async Task<RateServer> RunAsync(
        string limits,
        bool windows,
        int calls,
        bool streams,
        double work,
        IEnumerable<RateGateSimulation.Call> load
    )
    {
        var time = new ManualTimeProvider();
        var server = new RateServer(time);
        foreach (string limit in limits.Split(", "))
            server.With(limit[..3], double.Parse(limit[4..], CultureInfo.InvariantCulture), windows);
        using var gate = new RateGate(new RateLimitOptions(), time, "openai/gpt-oss-120b");
        await new RateGateSimulation(time, gate, server) { Streams = streams, Work = work }.RunAsync(load.Take(calls));
        return server;
    }

    private static IEnumerable<RateGateSimulation.Call> CallsOf70To320Tokens(int count)
    {
        var random = new Random(7);
        return Enumerable
            .Range(0, count)
            .Select(_ => new RateGateSimulation.Call(random.Next(20, 120), random.Next(50, 200)));
    }
}
