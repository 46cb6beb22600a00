namespace GroqKit.Bench.Client;

/// <summary>How many calls a second go through, when the upstream answers at once and shares the machine.</summary>
internal static class CallsPerSecond
{
    private const int Callers = 64;

    public static async Task RunAsync(int rounds)
    {
        await using UpstreamProcess upstream = await UpstreamProcess.StartAsync();
        using var both = new Loopback(upstream.Address, Callers);
        var results = await both.RunAsync(rounds, Callers, TimeSpan.FromSeconds(3), TimeSpan.Zero);
        Console.WriteLine(
            $"{Callers} callers, upstream answers at once, loopback, {Environment.ProcessorCount} cores for all, {rounds} rounds of 3 s, medians"
        );
        Console.WriteLine(
            $"{"", -18}{"calls/s", 10}{"best", 10}{"p50 ms", 10}{"p99 ms", 10}{"CPU us/call", 14}{"B/call", 9}"
        );
        Print("bare HttpClient", [.. results.Select(each => each.Bare)]);
        Print("GroqKit", [.. results.Select(each => each.Ours)]);
        double[] share = [.. results.Select(each => each.Ours.CallsPerSecond / each.Bare.CallsPerSecond).Order()];
        Console.WriteLine(
            $"of the bare client's calls/s, round by round: {Rounds.Median(share):0.00} ({share[0]:0.00} to {share[^1]:0.00})"
        );
    }

    private static void Print(string name, IReadOnlyList<Load> loads) =>
        Console.WriteLine(
            $"{name, -18}{Rounds.Median(loads.Select(load => load.CallsPerSecond)), 10:0}{loads.Max(load => load.CallsPerSecond), 10:0}"
                + $"{Rounds.Median(loads.Select(load => load.P50)), 10:0.00}{Rounds.Median(loads.Select(load => load.P99)), 10:0.00}"
                + $"{Rounds.Median(loads.Select(load => load.CpuMicroseconds)), 14:0.0}{Rounds.Median(loads.Select(load => load.Bytes)), 9:0}"
        );
}
