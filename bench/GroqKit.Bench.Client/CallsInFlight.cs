namespace GroqKit.Bench.Client;

/// <summary>How much later than with a bare client an answer comes, when a thousand calls are under way.</summary>
internal static class CallsInFlight
{
    private const int Callers = 1000;
    private const int Delay = 250;

    public static async Task RunAsync(int rounds)
    {
        await using UpstreamProcess upstream = await UpstreamProcess.StartAsync(Delay);
        using var both = new Loopback(upstream.Address, Callers);
        var results = await both.RunAsync(rounds, Callers, TimeSpan.FromSeconds(4), TimeSpan.FromMilliseconds(Delay));
        Console.WriteLine(
            $"{Callers} calls in flight, upstream takes {Delay} ms, loopback, {rounds} rounds of 4 s, medians"
        );
        Console.WriteLine($"{"", -18}{"calls/s", 10}{"p50 ms", 10}{"p99 ms", 10}{"CPU us/call", 14}");
        Print("bare HttpClient", [.. results.Select(each => each.Bare)]);
        Print("GroqKit", [.. results.Select(each => each.Ours)]);
        double[] added = [.. results.Select(each => each.Ours.P99 - each.Bare.P99).Order()];
        Console.WriteLine(
            $"added at p99, round by round: {Rounds.Median(added):0.00} ms ({added[0]:0.00} to {added[^1]:0.00})"
        );
    }

    private static void Print(string name, IReadOnlyList<Load> loads) =>
        Console.WriteLine(
            $"{name, -18}{Rounds.Median(loads.Select(load => load.CallsPerSecond)), 10:0}"
                + $"{Rounds.Median(loads.Select(load => load.P50)), 10:0.00}{Rounds.Median(loads.Select(load => load.P99)), 10:0.00}"
                + $"{Rounds.Median(loads.Select(load => load.CpuMicroseconds)), 14:0.0}"
        );
}
