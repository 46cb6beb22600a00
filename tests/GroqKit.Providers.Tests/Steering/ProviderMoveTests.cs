using GroqKit.Providers.Configuration;
using GroqKit.Providers.Steering;

namespace GroqKit.Providers.Tests.Steering;

[Requirement("PR-11")]
public sealed class ProviderMoveTests : IDisposable
{
    private readonly ProviderSet _providers = ProviderRegistry.Default.Create([
        Options("groq", "groq"),
        Options("openai", "openai"),
        Options("voices", "elevenlabs"),
    ]);

    private readonly ModelReference[] _agents =
    [
        new("agents[0].llm", ProviderService.Llm, "openai", "gpt-6-luna"),
        new("agents[1].llm", ProviderService.Llm, "OpenAI"),
        new("agents[2].tts", ProviderService.TextToSpeech, "voices", "eleven_flash_v2_5"),
        new("agents[3].llm", ProviderService.Llm, "openai", "gpt-6-sol"),
    ];

    public void Dispose() => _providers.Dispose();

    [Fact]
    public void All_that_name_one_provider_are_moved_and_the_others_stay()
    {
        var move = new ProviderMove("openai", "groq")
        {
            Models = new Dictionary<string, string> { ["gpt-6-luna"] = "openai/gpt-oss-20b" },
        };

        IReadOnlyList<ModelReference> moved = move.Apply(_agents, _providers);

        moved.Select(one => one.Provider).ShouldBe(["groq", "groq", "voices", "groq"]);
        moved[0].Model.ShouldBe("openai/gpt-oss-20b");
        moved[1].Model.ShouldBeNull();
        moved[3].Model.ShouldBeNull("the other does not have it, so its default stands");
    }

    [Fact]
    public void When_one_can_not_follow_none_moves_and_each_is_named()
    {
        var move = new ProviderMove("openai", "voices");

        ProviderConfigurationException error = Should.Throw<ProviderConfigurationException>(() =>
            move.Apply(_agents, _providers)
        );

        error
            .Errors.Select(one => one.Path)
            .ShouldBe(["agents[0].llm.provider", "agents[1].llm.provider", "agents[3].llm.provider"]);
    }

    [Fact]
    public void A_provider_that_does_not_exist_is_named() =>
        Should
            .Throw<ProviderConfigurationException>(() =>
                new ProviderMove("openai", "nobody").Apply(_agents, _providers)
            )
            .Errors.ShouldHaveSingleItem()
            .Path.ShouldBe("to");

    private static ProviderOptions Options(string name, string kind) =>
        new()
        {
            Name = name,
            Kind = kind,
            ApiKey = "key",
            Voices = { ["default"] = "voice-1" },
        };
}
