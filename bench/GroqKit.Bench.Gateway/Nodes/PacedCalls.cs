using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace GroqKit.Bench.Gateway.Nodes;

/// <summary>Calls at a steady pace, whether or not earlier ones were answered, as independent callers make them.</summary>
internal sealed class PacedCalls : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(20);

    private readonly HttpClient _client;
    private readonly TimeProvider _time;
    private readonly ConcurrentBag<(TimeSpan Began, TimeSpan Took, int Status)> _answers = [];

    public PacedCalls(Uri to, string key, TimeProvider time)
    {
        _time = time;
        _client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256, UseProxy = false })
        {
            BaseAddress = to,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
        };
    }

    public async Task RunAsync(string body, int perSecond, TimeSpan duration)
    {
        long origin = _time.GetTimestamp();
        var running = new List<Task>();
        using var timer = new PeriodicTimer(Beat, _time);
        int made = 0;
        while (_time.GetElapsedTime(origin) < duration)
        {
            int due = (int)(_time.GetElapsedTime(origin).TotalSeconds * perSecond);
            for (; made < due; made++)
                running.Add(CallAsync(body, origin));
            running.RemoveAll(call => call.IsCompleted);
            await timer.WaitForNextTickAsync();
        }
        await Task.WhenAll(running);
    }

    /// <summary>Calls; answered 200, 429, 503 and otherwise; the most 200s that began in any 60 seconds; milliseconds at p50, p99 and most.</summary>
    public string ToLine()
    {
        TimeSpan[] admitted = [.. _answers.Where(a => a.Status == 200).Select(a => a.Began).Order()];
        double[] took = [.. _answers.Select(a => a.Took.TotalMilliseconds).Order()];
        int ok = admitted.Length;
        int refused = _answers.Count(a => a.Status == 429);
        int unknown = _answers.Count(a => a.Status == 503);
        return $"CALLS {took.Length} {ok} {refused} {unknown} {took.Length - ok - refused - unknown} {MostInAMinute(admitted)} {At(took, 0.5):0.0} {At(took, 0.99):0.0} {took[^1]:0.0}";
    }

    public void Dispose() => _client.Dispose();

    private async Task CallAsync(string body, long origin)
    {
        TimeSpan began = _time.GetElapsedTime(origin);
        int status = 0;
        try
        {
            using HttpResponseMessage answer = await _client.PostAsync(
                "/v1/chat/completions",
                new StringContent(body, Encoding.UTF8, "application/json")
            );
            status = (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            status = (int)HttpStatusCode.BadGateway;
        }
        _answers.Add((began, _time.GetElapsedTime(origin) - began, status));
    }

    private static int MostInAMinute(TimeSpan[] admitted)
    {
        int most = 0;
        for (int first = 0, next = 0; first < admitted.Length; first++)
        {
            while (next < admitted.Length && admitted[next] < admitted[first] + TimeSpan.FromSeconds(60))
                next++;
            most = Math.Max(most, next - first);
        }
        return most;
    }

    private static double At(double[] sorted, double rank) =>
        sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * rank))];
}
