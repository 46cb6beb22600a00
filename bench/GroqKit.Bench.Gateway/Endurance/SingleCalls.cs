namespace GroqKit.Bench.Gateway.Endurance;

/// <summary>One call after the other on one connection: how long until the whole answer, or until a stream's first byte.</summary>
internal static class SingleCalls
{
    private const int WarmUp = 200;

    /// <returns><c>SINGLE</c>, then microseconds to the first byte and to the end, each at p50 and p99.</returns>
    public static async Task<string> RunAsync(BenchCaller caller, string body, int calls, TimeProvider time)
    {
        var first = new List<double>(calls);
        var whole = new List<double>(calls);
        byte[] buffer = new byte[64 * 1024];
        for (int i = -WarmUp; i < calls; i++)
        {
            long begun = time.GetTimestamp();
            using HttpResponseMessage answer = await caller.AskAsync(body);
            await using Stream stream = await answer.Content.ReadAsStreamAsync();
            int read = await stream.ReadAsync(buffer);
            TimeSpan begins = time.GetElapsedTime(begun);
            while (read > 0)
                read = await stream.ReadAsync(buffer);
            if (i < 0)
                continue;
            first.Add(begins.TotalMicroseconds);
            whole.Add(time.GetElapsedTime(begun).TotalMicroseconds);
        }
        first.Sort();
        whole.Sort();
        return $"SINGLE {At(first, 0.5):0} {At(first, 0.99):0} {At(whole, 0.5):0} {At(whole, 0.99):0}";
    }

    private static double At(List<double> sorted, double rank) =>
        sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * rank))];
}
