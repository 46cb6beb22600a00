namespace GroqKit.Bench.Gateway.Endurance;

/// <summary>Many streams open at once, each with a chunk now and then: what each costs in memory, and how late its chunks are.</summary>
internal static class HeldStreams
{
    // Opening them all at once would measure the opening.
    private const int OpeningAtOnce = 50;

    /// <returns><c>HELD</c>, streams, kilobytes a stream, chunks, and microseconds that a chunk was on its way at p50, p99 and at most.</returns>
    public static async Task<string> RunAsync(
        BenchCaller caller,
        string body,
        int streams,
        ProcessMemory memory,
        TimeProvider time
    )
    {
        var opening = new SemaphoreSlim(OpeningAtOnce);
        var open = new CountdownEvent(streams);
        long before = memory.Resident();
        var all = Task.WhenAll(Enumerable.Range(0, streams).Select(_ => ReadAsync(caller, body, opening, open, time)));
        while (!open.IsSet && !all.IsCompleted)
            await Task.Delay(TimeSpan.FromMilliseconds(50), time);
        long opened = time.GetTimestamp();
        long most = memory.Resident();
        while (!all.IsCompleted)
        {
            await Task.WhenAny(all, Task.Delay(TimeSpan.FromMilliseconds(500), time));
            most = Math.Max(most, memory.Resident());
        }
        // What came while streams were still being opened waited for that, and not for the target.
        double[] delays =
        [
            .. (await all)
                .SelectMany(stream => stream)
                .Where(chunk => chunk.Sent > opened)
                .Select(chunk => (chunk.Read - chunk.Sent) / (time.TimestampFrequency / 1e6))
                .Order(),
        ];
        double each = (most - before) / (double)streams;
        return $"HELD {streams} {each:0.0} {delays.Length} {delays[delays.Length / 2]:0} {delays[(int)(delays.Length * 0.99)]:0} {delays[^1]:0}";
    }

    private static async Task<List<(long Sent, long Read)>> ReadAsync(
        BenchCaller caller,
        string body,
        SemaphoreSlim opening,
        CountdownEvent open,
        TimeProvider time
    )
    {
        var chunks = new List<(long, long)>();
        var sent = new List<long>();
        byte[] buffer = new byte[2 * 1024];
        int kept = 0;
        await opening.WaitAsync();
        HttpResponseMessage answer;
        try
        {
            answer = await caller.AskAsync(body);
        }
        finally
        {
            opening.Release();
        }
        using (answer)
        {
            open.Signal();
            await using Stream stream = await answer.Content.ReadAsStreamAsync();
            while (await stream.ReadAsync(buffer.AsMemory(kept)) is > 0 and var count)
            {
                long now = time.GetTimestamp();
                sent.Clear();
                TimedChunk.Read(buffer.AsSpan(0, kept + count), sent, out int rest);
                foreach (long at in sent)
                    chunks.Add((at, now));
                buffer.AsSpan(rest, kept + count - rest).CopyTo(buffer);
                kept = kept + count - rest;
            }
        }
        return chunks;
    }
}
