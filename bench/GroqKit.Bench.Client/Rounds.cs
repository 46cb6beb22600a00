namespace GroqKit.Bench.Client;

/// <summary>Measures several ways of doing the same in turn, so that a noisy moment hits all alike, and takes medians.</summary>
internal static class Rounds
{
    /// <param name="work">What to measure, by name; each does one unit.</param>
    /// <param name="rounds">How often each is measured.</param>
    /// <param name="batch">Units in one measurement.</param>
    public static async Task<Dictionary<string, Cost>> MeasureAsync(
        IReadOnlyList<(string Name, Func<Task<int>> Run)> work,
        int rounds,
        int batch
    )
    {
        foreach (var (_, run) in work)
            await RunAsync(run, batch * 4);
        var costs = work.ToDictionary(one => one.Name, _ => new List<Cost>());
        for (int round = 0; round < rounds; round++)
        {
            foreach (var (name, run) in work)
                costs[name].Add(await RunAsync(run, batch));
        }
        return costs.ToDictionary(
            pair => pair.Key,
            pair => new Cost(
                Median(pair.Value.Select(cost => cost.Microseconds)),
                Median(pair.Value.Select(cost => cost.Bytes))
            )
        );
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static async Task<Cost> RunAsync(Func<Task<int>> run, int times)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long bytes = GC.GetTotalAllocatedBytes(precise: true);
        long start = TimeProvider.System.GetTimestamp();
        for (int i = 0; i < times; i++)
            await run();
        TimeSpan elapsed = TimeProvider.System.GetElapsedTime(start);
        long allocated = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        return new Cost(elapsed.TotalMicroseconds / times, (double)allocated / times);
    }
}
