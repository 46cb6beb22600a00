using GroqKit.Providers.Configuration;
using GroqKit.Providers.Pricing;

namespace GroqKit.Providers.Tests.Configuration;

[Requirement("PR-01", "PR-07")]
public sealed class ProviderConfigurationTests
{
    [Fact]
    public void Everything_that_is_wrong_is_listed_at_once_with_its_path()
    {
        var configuration = new ProviderConfiguration
        {
            Providers = [Options("groq", "groq", "key"), Options("empty", "openai", ""), Options("odd", "acme", "key")],
            References =
            [
                new("agents[0].llm", ProviderService.Llm, "nobody", "m"),
                new("agents[1].llm", ProviderService.Llm, "groq", "whisper-large-v3"),
                new("agents[2].llm", ProviderService.Llm, "groq", "invented"),
                new("agents[3].llm", ProviderService.Llm, "empty", "gpt-6-luna"),
                new("agents[4].llm", ProviderService.Llm, "groq", "openai/gpt-oss-20b"),
            ],
            Prices = """
                {
                  "groq": {
                    "models": [
                      {"id": "openai/gpt-oss-20b", "prices": [{"input": -0.1, "output": 0.3}]},
                      {"id": "openai/gpt-oss-120b", "prices": [{"input": 0.1}]}
                    ],
                    "tools": {"search": -1}
                  },
                  "openai": {"tiers": {"flex": "cheap"}}
                }
                """,
        };

        ProviderConfigurationException error = Should.Throw<ProviderConfigurationException>(() =>
            configuration.Start()
        );

        error
            .Errors.Select(one => one.Path)
            .ShouldBe([
                "providers[1].api_key",
                "providers[2].kind",
                "prices.groq.models[0].prices[0].input",
                "prices.groq.models[1].prices[0].output",
                "prices.groq.tools.search",
                "prices.openai.tiers.flex",
                "agents[0].llm.provider",
                "agents[1].llm.model",
                "agents[2].llm.model",
            ]);
        foreach (ConfigurationError one in error.Errors)
            error.Message.ShouldContain(one.ToString());
    }

    [Fact]
    public void What_is_null_is_listed_like_everything_else()
    {
        ProviderOptions bare = Options("bare", "openai", "key");
        bare.Models = bare.BaseUrls = null!;
        bare.Headers = bare.Settings = bare.Voices = bare.DefaultModels = null!;
        var configuration = new ProviderConfiguration
        {
            Providers =
            [
                null!,
                bare,
                new()
                {
                    Name = "keyed",
                    Kind = "openai",
                    Keys = [null!],
                },
                new() { Name = null!, Kind = null! },
            ],
            References = [new("agents[0].llm", ProviderService.Llm, null!)],
        };

        ProviderConfigurationException error = Should.Throw<ProviderConfigurationException>(() =>
            configuration.Start()
        );

        error
            .Errors.Select(one => one.Path)
            .ShouldBe([
                "providers[0]",
                "providers[2].keys[0]",
                "providers[3].kind",
                "providers[3].name",
                "agents[0].llm.provider",
            ]);
    }

    [Fact]
    public void Speech_without_a_voice_is_found_at_start()
    {
        var configuration = new ProviderConfiguration
        {
            Providers = [Options("voices", "elevenlabs", "key"), Options("openai", "openai", "key")],
            References =
            [
                new("agents[0].tts", ProviderService.TextToSpeech, "voices"),
                new("agents[1].tts", ProviderService.TextToSpeech, "voices", Voice: "warm"),
                new("agents[2].tts", ProviderService.TextToSpeech, "openai"),
                new("agents[3].stt", ProviderService.SpeechToText, "voices"),
            ],
        };

        ConfigurationError error = Should
            .Throw<ProviderConfigurationException>(() => configuration.Start())
            .Errors.ShouldHaveSingleItem();

        error.Path.ShouldBe("agents[0].tts.voice");
        error.Message.ShouldContain("voices.default");
        configuration.Providers[0].Voices["default"] = "voice-1";
        configuration.Start().Providers.Dispose();
    }

    [Fact]
    public void Own_prices_are_laid_over_those_of_the_package()
    {
        var configuration = new ProviderConfiguration
        {
            Providers = [Options("groq", "groq", "key")],
            Prices = """
                {"groq": {"models": [{"id": "openai/gpt-oss-20b", "prices": [{"input": 1, "output": 2}]}], "tiers": {"flex": 0.5}}}
                """,
        };

        ConfiguredProviders started = configuration.Start();
        using ProviderSet providers = started.Providers;

        decimal? cost = started.Pricing.CostOf(
            providers.All[0],
            ProviderService.Llm,
            "openai/gpt-oss-20b",
            new ProviderUsage(new() { InputTokens = 1_000_000, OutputTokens = 1_000_000 }) { ServiceTier = "flex" },
            new DateOnly(2026, 11, 21)
        );
        cost.ShouldBe(1.5m);
        providers.All[0].FindModel(ProviderService.Llm, "openai/gpt-oss-120b").ShouldNotBeNull();
    }

    [Theory]
    [InlineData("[]", "prices")]
    [InlineData("{", "prices")]
    [InlineData("""{"groq": 1}""", "prices.groq")]
    [InlineData("""{"groq": {"colour": {}}}""", "prices.groq.colour")]
    [InlineData("""{"groq": {"models": 1}}""", "prices.groq.models")]
    [InlineData(
        """{"groq": {"models": [{"id": "m", "kind": "chat", "prices": [{}]}]}}""",
        "prices.groq.models[0].prices[0]"
    )]
    public void A_price_file_that_can_not_be_read_says_where(string json, string path) =>
        Should
            .Throw<ProviderConfigurationException>(() => PriceFile.Parse(json))
            .Errors.ShouldHaveSingleItem()
            .Path.ShouldBe(path);

    private static ProviderOptions Options(string name, string kind, string key) =>
        new()
        {
            Name = name,
            Kind = kind,
            ApiKey = key,
        };
}
