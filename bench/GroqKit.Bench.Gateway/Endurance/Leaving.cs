using System.Globalization;

namespace GroqKit.Bench.Gateway.Endurance;

/// <summary>How soon the upstream is left when a caller leaves: before the headers, before the first bytes, in the middle.</summary>
internal static class Leaving
{
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(60);
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
            Task call = ReadAsync(caller, body, leaving.Token);
            await Task.Delay(Settle, time);
            long left = time.GetTimestamp();
            await leaving.CancelAsync();
            long noticed;
            do
            {
                if (time.GetElapsedTime(left) > Longest)
                    throw new TimeoutException("The upstream was not left within 10 s.");
                noticed = long.Parse(await asking.GetStringAsync("/left"), CultureInfo.InvariantCulture);
            } while (noticed < left);
            delays.Add(time.GetElapsedTime(left, noticed).TotalMilliseconds);
            await call;
        }
        delays.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"LEFT {delays[delays.Count / 2]:0.0} {delays[^1]:0.0}");
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
