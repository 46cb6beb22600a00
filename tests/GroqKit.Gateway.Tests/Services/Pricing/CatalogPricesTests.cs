using GroqKit.Catalog;
using GroqKit.Gateway.Services.Pricing;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Tests.Services.Pricing;

[Requirement("GW-06", "PR-07")]
public sealed class CatalogPricesTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    private static readonly TokenUsage Tokens = new(200_000, 20_000, 220_000, Cached: 100_000, Reasoning: 5_000);

    [Fact]
    public void Each_kind_of_provider_has_its_own_prices()
    {
        Cost(ProviderKind.OpenAi, "gpt-6.2-sol", new BilledUsage(Tokens, default)).ShouldBe(0.41m);
        Cost(ProviderKind.ElevenLabs, "eleven_v4", Characters(1000)).ShouldBe(0.08m);
        Cost(ProviderKind.Groq, GroqModels.OrpheusEnglish, Characters(1_000_000)).ShouldBe(22m);
        Cost(ProviderKind.Groq, "gpt-6.2-sol", new BilledUsage(Tokens, default)).ShouldBeNull();
        Cost(null, "gpt-6.2-sol", new BilledUsage(Tokens, default)).ShouldBeNull();
    }

    [Fact]
    public void Short_audio_costs_as_much_as_the_shortest_that_is_billed()
    {
        Cost(ProviderKind.Groq, GroqModels.WhisperLargeV3Turbo, Audio(1))
            .ShouldBe(Cost(ProviderKind.Groq, GroqModels.WhisperLargeV3Turbo, Audio(10)));
        Cost(ProviderKind.Groq, GroqModels.WhisperLargeV3Turbo, Audio(3600)).ShouldBe(0.04m);
    }

    [Fact]
    public void Audio_of_unknown_length_has_no_known_cost() =>
        Cost(
                ProviderKind.Groq,
                GroqModels.WhisperLargeV3Turbo,
                new BilledUsage(default, new SpeechUsage(null, 5000, 0, null))
            )
            .ShouldBeNull();

    [Fact]
    public void The_tier_that_served_changes_the_price_and_an_unknown_one_makes_it_unknown()
    {
        Cost(ProviderKind.OpenAi, "gpt-6.2-sol", new BilledUsage(Tokens, default, "flex")).ShouldBe(0.205m);
        Cost(ProviderKind.OpenAi, "gpt-6.2-sol", new BilledUsage(Tokens, default, "unheard-of")).ShouldBeNull();
    }

    [Fact]
    public void Tools_of_the_provider_cost_by_use_and_an_unknown_one_makes_the_cost_unknown()
    {
        decimal without = Cost(ProviderKind.Groq, GroqModels.GptOss120B, new BilledUsage(Tokens, default))!.Value;

        Cost(ProviderKind.Groq, GroqModels.GptOss120B, With("search", 2)).ShouldBe(without + 0.01m);
        Cost(ProviderKind.Groq, GroqModels.GptOss120B, With("unheard-of", 1)).ShouldBeNull();
    }

    [Fact]
    public void Absurd_amounts_have_no_known_cost() =>
        Cost(
                ProviderKind.OpenAi,
                "gpt-6.2-sol",
                new BilledUsage(new TokenUsage(long.MaxValue, long.MaxValue, long.MaxValue), default)
            )
            .ShouldNotBe(0m);

    private static BilledUsage With(string tool, long uses) =>
        new(Tokens, default, ToolUses: new Dictionary<string, long> { [tool] = uses });

    private static BilledUsage Characters(long count) => new(default, new SpeechUsage(null, 0, count, null));

    private static BilledUsage Audio(int seconds) =>
        new(default, new SpeechUsage(TimeSpan.FromSeconds(seconds), 5000, 0, null));

    private static decimal? Cost(ProviderKind? kind, string model, BilledUsage usage) =>
        new CatalogPrices(PriceList.BuiltIn).CostOf("any", kind, model, in usage, Today);
}
