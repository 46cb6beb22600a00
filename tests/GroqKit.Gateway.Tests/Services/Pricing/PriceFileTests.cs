using GroqKit.Catalog;
using GroqKit.Gateway.Services.Pricing;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Tests.Services.Pricing;

[Requirement("GW-06", "GW-07")]
public sealed class PriceFileTests
{
    private static readonly BilledUsage Hundred = new(new TokenUsage(100_000, 0, 100_000), default);

    [Fact]
    public void The_operators_price_holds_from_its_day_and_the_built_in_one_before()
    {
        PriceList prices = Read(
            """{"groq":{"models":[{"id":"openai/gpt-oss-120b","prices":[{"from":"2030-01-01","input":5,"output":6}]}]}}"""
        );

        decimal? before = Cost(PriceList.BuiltIn, "groq", ProviderKind.Groq, GroqModels.GptOss120B, 2029);
        before.ShouldNotBeNull().ShouldNotBe(0.5m);
        Cost(prices, "groq", ProviderKind.Groq, GroqModels.GptOss120B, 2029).ShouldBe(before);
        Cost(prices, "groq", ProviderKind.Groq, GroqModels.GptOss120B, 2030).ShouldBe(0.5m);
        Cost(prices, "groq", ProviderKind.Groq, GroqModels.GptOss20B, 2030)
            .ShouldBe(Cost(PriceList.BuiltIn, "groq", ProviderKind.Groq, GroqModels.GptOss20B, 2030));
    }

    [Fact]
    public void A_provider_of_ones_own_has_prices_by_its_name()
    {
        PriceList prices = Read(
            """{"local":{"models":[{"id":"llama","prices":[{"from":null,"input":0,"output":0}]}]}}"""
        );

        Cost(prices, "local", ProviderKind.OpenAi, "llama", 2026).ShouldBe(0m);
        Cost(prices, "other", ProviderKind.OpenAi, "llama", 2026).ShouldBeNull();
        Cost(prices, "local", ProviderKind.OpenAi, "gpt-6.2-sol", 2026).ShouldBe(0.2m);
    }

    [Fact]
    public void A_kinds_tools_can_be_priced()
    {
        PriceList prices = Read("""{"openai":{"rules":{"tiers":{"default":1},"tools":{"web_search":0.01}}}}""");
        var usage = Hundred with { ToolUses = new Dictionary<string, long> { ["web_search"] = 3 } };

        new CatalogPrices(prices)
            .CostOf("openai", ProviderKind.OpenAi, "gpt-6.2-sol", in usage, new DateOnly(2026, 11, 21))
            .ShouldBe(0.23m);
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_with_its_place()
    {
        var wrong = new List<string>();

        PriceFile.Read(
            """
            {
              "groq": {"models": [{"id": "a", "prices": [{"input": -1, "output": 2}, {"from": "soon", "input": 1, "output": 1}]}], "modles": []},
              "openai": {"rules": {"tools": {"search": "cheap"}}},
              "local": {"rules": {}},
              "other": 5
            }
            """,
            (at, reason) => wrong.Add($"{at}: {reason}")
        );

        wrong.ShouldContain(error => error.StartsWith("groq.models[0].prices[0].input: "));
        wrong.ShouldContain(error => error.StartsWith("groq.models[0].prices[1].from: "));
        wrong.ShouldContain("groq.modles: is neither models nor rules");
        wrong.ShouldContain(error => error.StartsWith("openai.rules.tools.search: "));
        wrong.ShouldContain("local.rules: is not models");
        wrong.ShouldContain("other: must be an object with models");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"groq":{"models":[]},"groq":{"models":[]}}""")]
    public void What_is_no_price_file_is_said_once(string json)
    {
        var wrong = new List<string>();

        PriceFile.Read(json, (at, reason) => wrong.Add(at + reason));

        wrong.Count.ShouldBe(1);
    }

    private static PriceList Read(string json) => PriceFile.Read(json, (at, reason) => Assert.Fail($"{at}: {reason}"));

    private static decimal? Cost(PriceList prices, string provider, ProviderKind kind, string model, int year) =>
        new CatalogPrices(prices).CostOf(provider, kind, model, in Hundred, new DateOnly(year, 6, 1));
}
