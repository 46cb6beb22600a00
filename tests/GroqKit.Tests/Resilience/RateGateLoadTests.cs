using GroqKit.Resilience;

namespace GroqKit.Tests.Resilience;

[Requirement("CL-21")]
public sealed class RateGateLoadTests(ITestOutputHelper output)
{
    public static IEnumerable<ITheoryDataRow> Explore()
    {
        foreach (string limit in new[] { "TPM 8000", "TPM 60000", "RPD 400", "RPM 30", "RPM 300", "RPM 600" })
        foreach (bool windows in new[] { false, true })
        foreach (bool streams in new[] { false, true })
        foreach (bool blind in new[] { false, true })
        foreach (double work in new[] { 0.1, 1, 8 })
            yield return new TheoryDataRow<string, bool, bool, bool, double>(limit, windows, streams, blind, work);
    }

    [Theory]
    [MemberData(nameof(Explore))]
    public async Task Exploration(string limit, bool windows, bool streams, bool blind, double work)
    {
        var time = new ManualTimeProvider();
        var random = new Random(7);
        string scarce = limit[..3];
        RateServer server = new RateServer(time).With(scarce, double.Parse(limit[4..]), windows);
        if (scarce != "TPM")
            server.With("TPM", 1e9);
        using var gate = new RateGate(new RateLimitOptions(), time);
        var simulation = new RateGateSimulation(time, gate, server)
        {
            Streams = streams,
            Work = work,
            Estimate = blind ? _ => 0 : call => call.Prompt,
        };

        await simulation.RunAsync(Calls(random, 1000));

        output.WriteLine(
            $"XX {limit, -10} {(windows ? "win" : "even")} {(streams ? "stream" : "whole")} {(blind ? "blind" : "est")} {work} : {server.Refused} refused, {server.ShareUsed(scarce):P1} in {server.Now:0} s"
        );
        server.Admitted.ShouldBe(1000);
    }

    private static IEnumerable<RateGateSimulation.Call> Calls(Random random, int count) =>
        Enumerable.Range(0, count).Select(_ => new RateGateSimulation.Call(random.Next(20, 120), random.Next(20, 200)));
}
