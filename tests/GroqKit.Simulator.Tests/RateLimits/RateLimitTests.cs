using GroqKit.Simulator.Hosting;
using GroqKit.Simulator.RateLimits;
using GroqKit.TestKit.Contract;

namespace GroqKit.Simulator.Tests.RateLimits;

[Requirement("SM-01")]
public sealed class RateLimitTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Headers_count_down_and_refill_over_the_window()
    {
        await using Sim sim = await StartAsync(new ModelLimits { RequestsPerDay = 1_000, TokensPerMinute = 6_000 });

        Reply first = await sim.ChatAsync(Sim.Chat());
        Reply second = await sim.ChatAsync(Sim.Chat());

        int used = first.Json.GetProperty("usage").GetProperty("total_tokens").GetInt32();
        first.Headers["x-ratelimit-limit-requests"].ShouldBe("1000");
        first.Headers["x-ratelimit-remaining-requests"].ShouldBe("999");
        first.Headers["x-ratelimit-reset-requests"].ShouldBe("1m26.4s");
        first.Headers["x-ratelimit-limit-tokens"].ShouldBe("6000");
        first.Headers["x-ratelimit-remaining-tokens"].ShouldBe($"{6_000 - used}");
        first.Headers["x-ratelimit-reset-tokens"].ShouldBe(GoDuration.Format(TimeSpan.FromSeconds(used / 100.0)));
        second.Headers["x-ratelimit-remaining-requests"].ShouldBe("998");
        second.Headers["x-ratelimit-reset-requests"].ShouldBe("2m52.8s");

        _time.Advance(TimeSpan.FromMinutes(5));
        Reply later = await sim.ChatAsync(Sim.Chat());
        later.Headers["x-ratelimit-remaining-requests"].ShouldBe("999");
        later.Headers["x-ratelimit-remaining-tokens"].ShouldBe($"{6_000 - used}");
    }

    [Fact]
    public async Task A_limit_reached_is_429_until_its_time_has_come()
    {
        await using Sim sim = await StartAsync(new ModelLimits { RequestsPerMinute = 2 });
        await sim.ChatAsync(Sim.Chat());
        await sim.ChatAsync(Sim.Chat());

        Reply refused = await sim.ChatAsync(Sim.Chat("\"stream\":true"));

        refused.Status.ShouldBe(429);
        GroqContract.ValidateError(refused.Text).ShouldBeEmpty();
        refused.Headers["retry-after"].ShouldBe("30");
        refused.Error.GetProperty("type").GetString().ShouldBe("requests");
        refused.Error.GetProperty("code").GetString().ShouldBe("rate_limit_exceeded");
        refused
            .Error.GetProperty("message")
            .GetString()
            .ShouldBe(
                "Rate limit reached for model `openai/gpt-oss-20b` in organization `org_simulator` service tier "
                    + "`on_demand` on requests per minute (RPM): Limit 2, Used 2, Requested 1. Please try again in 30s."
            );
        _time.Advance(TimeSpan.FromSeconds(29));
        (await sim.ChatAsync(Sim.Chat())).Status.ShouldBe(429);
        _time.Advance(TimeSpan.FromSeconds(1));
        (await sim.ChatAsync(Sim.Chat())).Status.ShouldBe(200);
    }

    [Fact]
    public async Task One_request_above_the_tokens_per_minute_is_413_and_never_fits()
    {
        await using Sim sim = await StartAsync(new ModelLimits { TokensPerMinute = 20 });
        string prompt = string.Join(' ', Enumerable.Repeat("word", 30));

        Reply reply = await sim.ChatAsync(Sim.Chat(prompt: prompt));

        reply.Status.ShouldBe(413);
        reply.Error.GetProperty("type").GetString().ShouldBe("tokens");
        reply.Error.GetProperty("code").GetString().ShouldBe("rate_limit_exceeded");
        reply.Headers.Keys.ShouldNotContain("Retry-After");
        reply.Headers["x-ratelimit-remaining-tokens"].ShouldBe("20");
    }

    [Fact]
    public async Task Keys_and_models_are_counted_apart()
    {
        await using Sim sim = await StartAsync(new ModelLimits { RequestsPerDay = 1 });
        (await sim.ChatAsync(Sim.Chat())).Status.ShouldBe(200);

        (await sim.ChatAsync(Sim.Chat())).Status.ShouldBe(429);
        (await sim.ChatAsync(Sim.Chat(model: Sim.Parallel))).Status.ShouldBe(200);
        (await sim.ChatAsync(Sim.Chat(), ("Authorization", "Bearer other"))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Without_limits_there_are_no_headers()
    {
        await using Sim sim = await Sim.StartAsync(new SimulatorOptions { RateLimits = RateLimitPlan.Off });

        Reply reply = await sim.ChatAsync(Sim.Chat());

        reply.Headers.Keys.ShouldNotContain(name => name.StartsWith("x-ratelimit"));
    }

    [Fact]
    public async Task The_free_plan_has_its_published_figures()
    {
        await using Sim sim = await Sim.StartAsync(new SimulatorOptions { RateLimits = RateLimitPlan.Free });

        Reply reply = await sim.ChatAsync(Sim.Chat());

        reply.Headers["x-ratelimit-limit-requests"].ShouldBe("1000");
        reply.Headers["x-ratelimit-limit-tokens"].ShouldBe("8000");
    }

    private Task<Sim> StartAsync(ModelLimits limits) =>
        Sim.StartAsync(
            new SimulatorOptions
            {
                TimeProvider = _time,
                RateLimits = RateLimitPlan.Custom,
                CustomLimits = limits,
            }
        );
}
