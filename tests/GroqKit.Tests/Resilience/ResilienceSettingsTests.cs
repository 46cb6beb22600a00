using GroqKit.Resilience;

namespace GroqKit.Tests.Resilience;

public sealed class ResilienceSettingsTests
{
    [Fact]
    [Requirement("CL-19", "CL-20")]
    public void Presets_set_what_goes_together()
    {
        GroqClientOptions options = new GroqClientOptions().UseResilience(ResiliencePreset.Patient);
        (options.Retry.MaxRetries, options.Retry.MaxDelay).ShouldBe((2, TimeSpan.FromSeconds(10)));
        options.CircuitBreaker.OpenDuration.ShouldBe(TimeSpan.FromSeconds(60));

        options.UseResilience(ResiliencePreset.Default);
        options.Retry.ShouldBeEquivalentTo(new RetryOptions());
        options.CircuitBreaker.ShouldBeEquivalentTo(new CircuitBreakerOptions());
        (options.Retry.BaseDelay, options.Retry.MaxDelay, options.Retry.Jitter).ShouldBe(
            (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60), 0.25)
        );
        Should.Throw<ArgumentOutOfRangeException>(() => options.UseResilience((ResiliencePreset)9));
    }

    [Fact]
    public void Every_wrong_setting_is_named()
    {
        var options = new GroqClientOptions
        {
            ApiKey = Clients.Key,
            RetryBudget =
            {
                Capacity = 0,
                TransientCost = 0,
                ThrottlingCost = 0,
            },
            CircuitBreaker =
            {
                FailuresToOpen = 0,
                SuccessesToClose = 0,
                OpenDuration = TimeSpan.Zero,
                TrialLease = TimeSpan.Zero,
            },
            RateLimits =
            {
                ThrottleBelow = 2,
                MaxThrottleDelay = TimeSpan.FromSeconds(-1),
                RequestsPerMinute = 0,
                TokensPerMinute = 0,
                FirstCalls = 0,
            },
            Hedging = { Delay = TimeSpan.Zero, MaxParallel = 1 },
            Telemetry = { LatencySamples = 0 },
        };

        options
            .Validate()
            .Select(error => error.Split(' ')[0])
            .ShouldBe([
                "RetryBudget.Capacity",
                "RetryBudget.TransientCost",
                "RetryBudget.ThrottlingCost",
                "CircuitBreaker.FailuresToOpen",
                "CircuitBreaker.SuccessesToClose",
                "CircuitBreaker.OpenDuration",
                "CircuitBreaker.TrialLease",
                "RateLimits.ThrottleBelow",
                "RateLimits.MaxThrottleDelay",
                "RateLimits.RequestsPerMinute",
                "RateLimits.TokensPerMinute",
                "RateLimits.FirstCalls",
                "Hedging.Delay",
                "Hedging.MaxParallel",
                "Telemetry.LatencySamples",
            ]);
    }
}
