namespace GroqKit.Bench.Client;

/// <summary>How much later than with a bare client an answer comes, when a thousand calls are under way.</summary>
internal static class CallsInFlight
{
    private const int Callers = 1000;
    private const int Delay = 250;

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Spread = TimeSpan.FromMilliseconds(Delay);

    public static async Task RunAsync(int rounds)
    {
        await using UpstreamProcess upstream = await UpstreamProcess.StartAsync(Delay);
        using var both = new Loopback(upstream.Address, Callers);
        var inTurn = await both.RunAsync(rounds, Callers, Length, Spread);
        Console.WriteLine(
            $"{Callers} calls in flight, upstream takes {Delay} ms, loopback, {rounds} rounds of {Length.TotalSeconds} s, medians"
        );
        Console.WriteLine($"{"", -18}{"calls/s", 10}{"p50 ms", 10}{"p99 ms", 10}{"CPU us/call", 14}{"B/call", 9}");
        Print("bare HttpClient", [.. inTurn.Select(each => each.Bare)]);
        Print("GroqKit", [.. inTurn.Select(each => each.Ours)]);
        PrintAdded("in turn", inTurn);
        PrintAdded("side by side, half of the calls each", await SideBySideAsync(both, rounds));
    }

    // Whatever else the machine does hits both at the same moment.
    private static async Task<IReadOnlyList<(Load Bare, Load Ours)>> SideBySideAsync(Loopback both, int rounds)
    {
        var results = new List<(Load, Load)>();
        for (int round = 0; round < rounds; round++)
        {
            Task<Load> bare = Load.RunAsync(both.Bare.ChatAsync, Callers / 2, Length, Spread);
            Task<Load> ours = Load.RunAsync(both.Ours.ChatAsync, Callers / 2, Length, Spread);
            results.Add((await bare, await ours));
        }
        return results;
    }

    private static void PrintAdded(string how, IReadOnlyList<(Load Bare, Load Ours)> rounds)
    {
        double[] added = [.. rounds.Select(each => each.Ours.P99 - each.Bare.P99).Order()];
        Console.WriteLine(
            $"added at p99, {how}: {Rounds.Median(added):0.00} ms (rounds from {added[0]:0.00} to {added[^1]:0.00})"
        );
    }

    private static void Print(string name, IReadOnlyList<Load> loads) =>
        Console.WriteLine(
            $"{name, -18}{Rounds.Median(loads.Select(load => load.CallsPerSecond)), 10:0}"
                + $"{Rounds.Median(loads.Select(load => load.P50)), 10:0.00}{Rounds.Median(loads.Select(load => load.P99)), 10:0.00}"
                + $"{Rounds.Median(loads.Select(load => load.CpuMicroseconds)), 14:0.0}{Rounds.Median(loads.Select(load => load.Bytes)), 9:0}"
        );
}
