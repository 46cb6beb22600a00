using System.Globalization;

namespace GroqKit.Bench.Gateway.Endurance;

/// <summary>How soon the upstream is left when a caller leaves: before the headers, before the first bytes, in the middle.</summary>
internal static class Leaving
{
    // From the upstream's reading of a request to its being where it will be left.
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <returns><c>LEFT</c>, then milliseconds from the caller's leaving to the upstream's noticing at p50 and at most.</returns>
    public static async Task<string> RunAsync(
        BenchCaller caller,
        Uri upstream,
        string body,
        int rounds,
        TimeProvider time
    )
    {
        using var asking = new HttpClient { BaseAddress = upstream };
        var delays = new List<double>();
        for (int i = 0; i < rounds; i++)
        {
            using var leaving = new CancellationTokenSource();
            long begun = time.GetTimestamp();
            Task call = ReadAsync(caller, body, leaving.Token);
            await SinceAsync("/arrived", begun);
            await Task.Delay(Settle, time);
            long left = time.GetTimestamp();
            await leaving.CancelAsync();
            long noticed = await SinceAsync("/left", left);
            delays.Add(time.GetElapsedTime(left, noticed).TotalMilliseconds);
            await call;
        }
        delays.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"LEFT {delays[delays.Count / 2]:0.0} {delays[^1]:0.0}");

        async Task<long> SinceAsync(string what, long from)
        {
            while (true)
            {
                long at = long.Parse(await asking.GetStringAsync(what), CultureInfo.InvariantCulture);
                if (at >= from)
                    return at;
                if (time.GetElapsedTime(from) > Longest)
                    throw new TimeoutException($"The upstream says nothing newer at {what} within 10 s.");
            }
        }
    }

    private static async Task ReadAsync(BenchCaller caller, string body, CancellationToken leaving)
    {
        try
        {
            using HttpResponseMessage answer = await caller.AskAsync(body, leaving);
            await answer.Content.CopyToAsync(Stream.Null, leaving);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or HttpRequestException)
        {
            // As was meant.
        }
    }
}
