namespace GroqKit.Bench.Client;

/// <summary>Measures several ways of doing the same in turn, so that a noisy moment hits all alike, and takes medians.</summary>
internal static class Rounds
{
    /// <param name="work">What to measure; each does one unit.</param>
    /// <param name="rounds">How often each is measured.</param>
    /// <param name="batch">Units in one measurement.</param>
    public static async Task<IReadOnlyList<Cost>> MeasureAsync(
        IReadOnlyList<Func<Task<int>>> work,
        int rounds,
        int batch
    )
    {
        foreach (Func<Task<int>> run in work)
            await RunAsync(run, batch * 4);
        List<Cost>[] costs = [.. work.Select(_ => new List<Cost>())];
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < work.Count; i++)
                costs[i].Add(await RunAsync(work[i], batch));
        }
        return
        [
            .. costs.Select(each => new Cost(
                Median(each.Select(cost => cost.Microseconds)),
                Median(each.Select(cost => cost.Bytes))
            )),
        ];
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
