namespace GroqKit.Bench.Client;

/// <summary>What came of calls that many callers made at the same time.</summary>
internal sealed record Load(double CallsPerSecond, double P50, double P99, double CpuMicroseconds, double Bytes)
{
    /// <param name="call">One call.</param>
    /// <param name="callers">How many call at the same time, each again as soon as it is answered.</param>
    /// <param name="length">How long they go on.</param>
    /// <param name="spread">Over which time they begin, so that they do not march in step.</param>
    public static async Task<Load> RunAsync(Func<Task<int>> call, int callers, TimeSpan length, TimeSpan spread)
    {
        TimeProvider time = TimeProvider.System;
        var latencies = new List<double>[callers];
        long bytes = GC.GetTotalAllocatedBytes();
        long start = time.GetTimestamp();
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(CallAsync));
        TimeSpan elapsed = time.GetElapsedTime(start);
        cpu = Environment.CpuUsage.TotalTime - cpu;
        bytes = GC.GetTotalAllocatedBytes() - bytes;
        double[] all = [.. latencies.SelectMany(each => each).Order()];
        return new Load(
            all.Length / elapsed.TotalSeconds,
            all[all.Length / 2],
            all[all.Length * 99 / 100],
            cpu.TotalMicroseconds / all.Length,
            (double)bytes / all.Length
        );

        async Task CallAsync(int caller)
        {
            List<double> mine = latencies[caller] = new List<double>(1024);
            await Task.Yield();
            if (spread > TimeSpan.Zero)
                await Task.Delay(spread * caller / callers, time);
            while (time.GetElapsedTime(start) < length)
            {
                long begun = time.GetTimestamp();
                await call();
                mine.Add(time.GetElapsedTime(begun).TotalMilliseconds);
            }
        }
    }
}
