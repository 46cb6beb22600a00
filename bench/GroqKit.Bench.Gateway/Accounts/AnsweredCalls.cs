using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace GroqKit.Bench.Gateway.Accounts;

/// <summary>
/// Callers that keep their own account: the request id of every answer that they had to its last byte. Every other one asks for a
/// stream. A caller that fails once is done.
/// </summary>
internal sealed class AnsweredCalls(Uri gateway, string key, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(10);

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false })
    {
        BaseAddress = gateway,
        Timeout = LongestCall,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
    };

    private readonly ConcurrentQueue<string> _ids = [];
    private readonly ConcurrentQueue<double> _milliseconds = [];
    private int _failed;

    /// <summary>Ids of the answers, in the order in which they ended.</summary>
    public IReadOnlyCollection<string> Ids => _ids;

    /// <summary>Calls without a whole answer.</summary>
    public int Failed => _failed;

    /// <summary>What went wrong first.</summary>
    public string? Failure { get; private set; }

    /// <param name="callers">How many call at the same time.</param>
    /// <param name="pause">What each waits between two calls.</param>
    /// <param name="duration">How long.</param>
    public async Task RunAsync(int callers, TimeSpan pause, TimeSpan duration)
    {
        long start = time.GetTimestamp();
        await Task.WhenAll(
            Enumerable
                .Range(0, callers)
                .Select(async caller =>
                {
                    while (time.GetElapsedTime(start) < duration && await TryCallAsync(stream: caller % 2 == 0))
                    {
                        if (pause > TimeSpan.Zero)
                            await Task.Delay(pause, time);
                    }
                })
        );
    }

    /// <summary>The time of a whole call that the given share of calls is below.</summary>
    public double Milliseconds(double share)
    {
        double[] sorted = [.. _milliseconds.Order()];
        return sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
    }

    public void Dispose() => _client.Dispose();

    private async Task<bool> TryCallAsync(bool stream)
    {
        string body = JsonSerializer.Serialize(
            new
            {
                model = "openai/gpt-oss-120b",
                messages = new[] { new { role = "user", content = "What is the capital of Norway?" } },
                max_completion_tokens = 64,
                stream,
                user = "chunks=10 interval=1",
            }
        );
        long start = time.GetTimestamp();
        try
        {
            using HttpResponseMessage answer = await _client.PostAsync(
                "/v1/chat/completions",
                new StringContent(body, Encoding.UTF8, "application/json")
            );
            string text = await answer.Content.ReadAsStringAsync();
            if (!answer.IsSuccessStatusCode)
                return Fail($"status {(int)answer.StatusCode}: {text}");
            if (stream && !text.EndsWith("data: [DONE]\n\n", StringComparison.Ordinal))
                return Fail("the stream was cut");
            _milliseconds.Enqueue(time.GetElapsedTime(start).TotalMilliseconds);
            _ids.Enqueue(answer.Headers.GetValues("x-request-id").Single());
            return true;
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException or TaskCanceledException)
        {
            return Fail(cut.Message);
        }
    }

    private bool Fail(string what)
    {
        Interlocked.Increment(ref _failed);
        Failure ??= what;
        return false;
    }
}
