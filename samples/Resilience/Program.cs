// What happens when things go wrong: retries, a circuit breaker per model, and limits that are kept.
using GroqKit;
using GroqKit.Catalog;
using GroqKit.Chat;
using GroqKit.Resilience;

using GroqClient groq = GroqClient // reads GROQ_API_KEY
    .CreateBuilder()
    .WithTimeout(TimeSpan.FromSeconds(20)) // one attempt
    .WithTotalTimeout(TimeSpan.FromSeconds(60)) // all attempts, and the waits between them
    .With(options =>
    {
        options.Retry = new RetryOptions { MaxRetries = 3, BaseDelay = TimeSpan.FromMilliseconds(200) };
        options.CircuitBreaker = new CircuitBreakerOptions { FailuresToOpen = 5 };
        options.RateLimits = new RateLimitOptions { RequestsPerMinute = 60 };
    })
    .Build();

for (int number = 1; number <= 5; number++)
{
    try
    {
        ChatCompletion answer = await groq.Chat.CreateAsync(
            ChatRequest.For(GroqModels.GptOss20B).User($"Tell me a fact about the number {number}.").Build()
        );
        Console.WriteLine($"{number}: answered at attempt {answer.Metadata.Attempts}");
    }
    catch (GroqRateLimitException limit)
    {
        Console.WriteLine($"{number}: too much at once, come back in {limit.RetryAfter?.TotalSeconds:F0} s");
    }
    catch (GroqCircuitOpenException open)
    {
        Console.WriteLine(
            $"{number}: not even tried, the server is down; next try in {open.RetryAfter?.TotalSeconds:F0} s"
        );
    }
    catch (GroqException error)
    {
        Console.WriteLine($"{number}: {error.GetType().Name}, {error.Message}");
    }
}

Console.WriteLine();
Console.WriteLine($"circuit: {groq.Resilience.GetCircuit(GroqModels.GptOss20B)?.State}");
foreach (RateLimitState limit in groq.Resilience.GetRateLimits(GroqModels.GptOss20B)?.Limits ?? [])
{
    string period = limit.Period < TimeSpan.FromDays(1) ? "minute" : "day";
    Console.WriteLine($"{limit.Unit} a {period}: {limit.Remaining:F0} of {limit.Limit:F0} left");
}
