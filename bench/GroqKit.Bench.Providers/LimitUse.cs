using System.Collections.Concurrent;
using GroqKit.Providers;
using GroqKit.Providers.Configuration;
using GroqKit.Providers.Fallback;
using GroqKit.Simulator.Hosting;
using GroqKit.Simulator.RateLimits;
using Microsoft.Extensions.AI;

namespace GroqKit.Bench.Providers;

/// <summary>A thousand calls at once through a chain of one, over HTTP, against limits that are kept as the provider keeps them.</summary>
internal static class LimitUse
{
    private const int Calls = 1000;
    private const int TokensPerMinute = 150_000;
    private const string Model = "openai/gpt-oss-20b";

    public static async Task RunAsync()
    {
        await using SimulatorServer simulator = await SimulatorServer.StartAsync(
            new SimulatorOptions
            {
                RateLimits = RateLimitPlan.Custom,
                CustomLimits = new ModelLimits { RequestsPerDay = 500_000, TokensPerMinute = TokensPerMinute },
                FirstToken = TimeSpan.FromMilliseconds(200),
                RecordedRequests = Calls * 3,
            }
        );
        using ProviderSet providers = ProviderRegistry.Default.Create([
            new()
            {
                Name = "groq",
                Kind = "groq",
                ApiKey = "gsk_bench",
                BaseUrl = simulator.BaseAddress.AbsoluteUri,
                Headers = { ["x-sim-tokens"] = "100" },
            },
        ]);
        using IChatClient chat = new FallbackEngine().CreateChatClient([new FallbackTarget(providers.All[0], Model)]);
        var failures = new ConcurrentBag<string>();
        long tokens = 0;
        long start = TimeProvider.System.GetTimestamp();

        await Task.WhenAll(Enumerable.Range(0, Calls).Select(CallAsync));

        TimeSpan elapsed = TimeProvider.System.GetElapsedTime(start);
        int refused = simulator.Requests.Count(request => request.Status == 429);
        double possible = TokensPerMinute + (TokensPerMinute / 60.0 * elapsed.TotalSeconds);
        Console.WriteLine($"{Calls:N0} calls at once, {TokensPerMinute:N0} tokens a minute, over HTTP");
        Console.WriteLine($"{simulator.Requests.Count:N0} requests in {elapsed.TotalSeconds:0.0} s");
        Console.WriteLine(
            $"answered 429     {refused, 6} ({(double)refused / simulator.Requests.Count:0.0%}); held to less than 1 %"
        );
        Console.WriteLine($"of the limit     {tokens / possible, 6:0.0%} used; held to at least 95 %");
        Console.WriteLine($"calls that failed {failures.Count, 5}{(failures.IsEmpty ? "" : $": {failures.First()}")}");

        async Task CallAsync(int number)
        {
            try
            {
                ChatResponse answer = await chat.GetResponseAsync(
                    $"Call {number}. {string.Concat(Enumerable.Repeat("a word ", number % 100))}",
                    new ChatOptions { MaxOutputTokens = 150 }
                );
                Interlocked.Add(ref tokens, answer.Usage?.TotalTokenCount ?? 0);
            }
            catch (Exception failure) when (failure is ProviderException or OperationCanceledException)
            {
                failures.Add(failure.Message);
            }
        }
    }
}
