using GroqKit.Catalog;
using GroqKit.Providers.Configuration;
using GroqKit.Providers.Pricing;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Tests.Pricing;

[Requirement("PR-07")]
public sealed class ProviderPricingTests : IDisposable
{
    private static readonly DateOnly Day = new(2026, 11, 21);

    private readonly ProviderPricing _pricing = new();

    private readonly ProviderSet _set = ProviderRegistry.Default.Create([
        new()
        {
            Name = "groq",
            Kind = "groq",
            ApiKey = "k",
        },
        new()
        {
            Name = "openai",
            Kind = "openai",
            ApiKey = "k",
        },
        new()
        {
            Name = "voices",
            Kind = "elevenlabs",
            ApiKey = "k",
        },
    ]);

    public void Dispose() => _set.Dispose();

    [Fact]
    public void Cached_input_is_cheaper_and_thinking_is_output()
    {
        var usage = ProviderUsage.From(
            new UsageDetails
            {
                InputTokenCount = 1_000_000,
                CachedInputTokenCount = 400_000,
                OutputTokenCount = 100_000,
                ReasoningTokenCount = 90_000,
            }
        );

        Cost("groq", ProviderService.Llm, "openai/gpt-oss-120b", usage)
            .ShouldBe((0.6m * 0.15m) + (0.4m * 0.075m) + 0.06m);
    }

    [Theory]
    [InlineData(272_000, 1, 1)]
    [InlineData(272_001, 2, 1.5)]
    public void Very_long_input_makes_the_whole_call_dearer(long input, double inputFactor, double outputFactor)
    {
        var usage = new ProviderUsage(new ModelUsage { InputTokens = input, OutputTokens = 1000 });

        decimal expected =
            (input * 2m / 1_000_000 * (decimal)inputFactor) + (1000 * 10m / 1_000_000 * (decimal)outputFactor);
        Cost("openai", ProviderService.Llm, "gpt-6-sol", usage).ShouldBe(expected);
    }

    [Theory]
    [InlineData("flex", 0.5)]
    [InlineData("priority", 2)]
    [InlineData(null, 1)]
    public void The_tier_multiplies(string? tier, double factor)
    {
        var usage = new ProviderUsage(new ModelUsage { InputTokens = 100_000 }) { ServiceTier = tier };

        Cost("openai", ProviderService.Llm, "gpt-6.1-terra", usage).ShouldBe(0.1m * (decimal)factor);
    }

    [Fact]
    public void Writing_to_the_cache_costs_a_quarter_more()
    {
        var usage = new ProviderUsage(new ModelUsage { InputTokens = 100_000 }) { CacheWriteTokens = 40_000 };

        Cost("openai", ProviderService.Llm, "gpt-6-luna", usage).ShouldBe((100_000m + 10_000m) * 0.10m / 1_000_000m);
    }

    [Fact]
    public void A_short_recording_is_billed_as_ten_seconds() =>
        _pricing
            .EstimateTranscription(_set.Find("groq")!, "whisper-large-v3-turbo", TimeSpan.FromSeconds(2), Day)
            .ShouldBe(10m * 0.04m / 3600m);

    [Fact]
    public void Speech_is_billed_by_the_character() =>
        _pricing
            .EstimateSpeech(_set.Find("voices")!, "eleven_flash_v2_5", "abcde", Day)
            .ShouldBe(5m * 50m / 1_000_000m);

    [Fact]
    public void Tools_of_the_provider_are_billed_by_the_call()
    {
        var usage = new ProviderUsage(default) { ToolCalls = new Dictionary<string, long> { ["visit_website"] = 3 } };

        Cost("groq", ProviderService.Llm, "openai/gpt-oss-120b", usage).ShouldBe(0.003m);
    }

    [Fact]
    public void An_unknown_price_is_null_and_counted_never_zero()
    {
        var used = new ProviderUsage(new ModelUsage { InputTokens = 10, CachedInputTokens = 5 });

        Cost("openai", ProviderService.Llm, "gpt-unheard-of", used).ShouldBeNull();
        Cost("openai", ProviderService.Llm, "gpt-5.5-pro", used).ShouldBeNull();
        Cost("openai", ProviderService.Llm, "gpt-6-sol", used with { ServiceTier = "ultrafast" }).ShouldBeNull();
        Cost(
                "groq",
                ProviderService.Llm,
                "openai/gpt-oss-120b",
                used with
                {
                    ToolCalls = new Dictionary<string, long> { ["code_interpreter"] = 1 },
                }
            )
            .ShouldBeNull();
        _pricing.UnknownPrices.ShouldBe(4);
    }

    [Fact]
    public void The_price_is_that_of_the_day()
    {
        var usage = new ProviderUsage(new ModelUsage { InputTokens = 100_000 });
        IProvider openai = _set.Find("openai")!;

        _pricing.CostOf(openai, ProviderService.Llm, "gpt-5.6-sol", usage, new(2026, 8, 20)).ShouldBe(0.5m);
        _pricing.CostOf(openai, ProviderService.Llm, "gpt-5.6-sol", usage, new(2026, 8, 21)).ShouldBe(0.4m);
    }

    [Fact]
    public void An_estimate_counts_all_that_may_come()
    {
        decimal? cost = _pricing.EstimateChat(
            _set.Find("groq")!,
            "openai/gpt-oss-120b",
            [new ChatMessage(ChatRole.User, "0123456789")],
            100,
            Day
        );

        cost.ShouldBe((14 * 0.15m / 1_000_000m) + (100 * 0.60m / 1_000_000m));
    }

    [Fact]
    public void Wrong_rules_are_all_listed_with_their_paths()
    {
        ProviderConfigurationException error = Should.Throw<ProviderConfigurationException>(() =>
            PriceRules.Parse(
                """{"tiers":{"flex":-1},"tools":{"search":"cheap"},"families":[{"longInputFactor":-2,"colour":1}],"extra":1}"""
            )
        );

        error
            .Errors.Select(wrong => wrong.Path)
            .ShouldBe(
                [
                    "tiers.flex",
                    "tools.search",
                    "families[0].longInputFactor",
                    "families[0].colour",
                    "families[0].prefix",
                    "extra",
                ],
                ignoreOrder: true
            );
    }

    private decimal? Cost(string provider, ProviderService service, string model, ProviderUsage usage) =>
        _pricing.CostOf(_set.Find(provider)!, service, model, usage, Day);
}
