namespace GroqKit.Bench.Gateway.Endurance;

/// <summary>A recording and a stream that are longer than memory should have to be.</summary>
internal static class LongTransfers
{
    private const int PieceBytes = 64 * 1024;

    /// <returns><c>UPLOAD</c>, megabytes, seconds, and the target's kilobytes before and at most.</returns>
    public static async Task<string> UploadAsync(
        BenchCaller caller,
        int megabytes,
        ProcessMemory memory,
        TimeProvider time
    )
    {
        long begun = time.GetTimestamp();
        WatchedMemory held = await memory.WatchAsync(
            async () =>
            {
                using var form = new MultipartFormDataContent
                {
                    { new StringContent("whisper-large-v3-turbo"), "model" },
                    { new StreamContent(new Silence(megabytes * 1_000_000L), PieceBytes), "file", "long.mp3" },
                };
                using HttpResponseMessage answer = await caller.SendAsync("/openai/v1/audio/transcriptions", form);
                await answer.Content.ReadAsStringAsync();
            },
            time
        );
        return $"UPLOAD {megabytes} {time.GetElapsedTime(begun).TotalSeconds:0.0} {held.Before} {held.Most}";
    }

    /// <returns><c>STREAM</c>, seconds, chunks, and the target's kilobytes before and at most in each third of the time.</returns>
    public static async Task<string> StreamAsync(
        BenchCaller caller,
        string body,
        ProcessMemory memory,
        TimeProvider time
    )
    {
        long begun = time.GetTimestamp();
        var sent = new List<long>();
        WatchedMemory held = await memory.WatchAsync(
            async () =>
            {
                using HttpResponseMessage answer = await caller.AskAsync(body);
                await using Stream stream = await answer.Content.ReadAsStreamAsync();
                byte[] buffer = new byte[PieceBytes];
                int kept = 0;
                while (await stream.ReadAsync(buffer.AsMemory(kept)) is > 0 and var count)
                {
                    TimedChunk.Read(buffer.AsSpan(0, kept + count), sent, out int rest);
                    buffer.AsSpan(rest, kept + count - rest).CopyTo(buffer);
                    kept = kept + count - rest;
                }
            },
            time
        );
        return $"STREAM {time.GetElapsedTime(begun).TotalSeconds:0} {sent.Count} {held.Before} {held.Thirds}";
    }
}
