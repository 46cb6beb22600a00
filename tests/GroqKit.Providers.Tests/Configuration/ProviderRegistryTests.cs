using GroqKit.Providers.Configuration;
using GroqKit.Providers.Tests.Echo;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Tests.Configuration;

[Requirement("PR-01")]
public sealed class ProviderRegistryTests
{
    private static readonly ProviderRegistry WithEcho = ProviderRegistry.Default.With(new EchoProviderFactory());

    [Fact]
    public async Task A_kind_from_outside_is_made_and_called_like_any_other()
    {
        using ProviderSet set = WithEcho.Create([new ProviderOptions { Name = "mine", Kind = "Echo" }]);
        IProvider provider = set.Find("MINE").ShouldNotBeNull();

        ChatResponse answer = await provider.CreateChatClient().GetResponseAsync("hello");

        answer.Text.ShouldBe("hello");
        answer.ModelId.ShouldBe("echo-1");
        provider.Kind.ShouldBe(new ProviderKind("echo"));
    }

    [Fact]
    public void Every_error_of_every_provider_is_listed_with_its_path()
    {
        ProviderOptions[] options =
        [
            new() { Name = "a", Kind = "nobody" },
            new()
            {
                Name = "b",
                Kind = "groq",
                Keys = [new() { ApiKey = "", Weight = 0 }, new() { Name = "key1" }],
                BaseUrl = "ftp://somewhere",
                MaxRetries = 11,
                Timeout = TimeSpan.Zero,
                LatencySamples = 5,
                RateLimitRpm = 0,
                Models = [" "],
                Headers = { ["Authorization"] = "x" },
                Settings = { ["colour"] = "red" },
                DefaultModels = { ["llm"] = "whisper-large-v3", ["video"] = "x" },
            },
            new()
            {
                Name = "b",
                Kind = "echo",
                Settings = { ["times"] = "often" },
            },
        ];

        string[] paths = [.. WithEcho.Validate(options).Select(error => error.Path).Distinct()];

        paths.ShouldBe(
            [
                "providers[0].kind",
                "providers[1].keys[0].api_key",
                "providers[1].keys[0].weight",
                "providers[1].keys[1].api_key",
                "providers[1].keys[1].name",
                "providers[1].base_url",
                "providers[1].models[0]",
                "providers[1].default_models.llm",
                "providers[1].default_models.video",
                "providers[1].rate_limit_rpm",
                "providers[1].timeout",
                "providers[1].max_retries",
                "providers[1].latency_samples",
                "providers[1].headers.Authorization",
                "providers[1].settings.colour",
                "providers[2].name",
                "providers[2].settings.times",
            ],
            ignoreOrder: true
        );
    }

    [Fact]
    public void Making_providers_of_wrong_options_raises_all_errors_and_no_secret()
    {
        ProviderOptions[] options =
        [
            new()
            {
                Name = "g",
                Kind = "groq",
                ApiKey = "gsk_with space",
                MaxRetries = -1,
            },
        ];

        ProviderConfigurationException error = Should.Throw<ProviderConfigurationException>(() =>
            ProviderRegistry.Default.Create(options)
        );

        error.Errors.Count.ShouldBe(2);
        error.Message.ShouldContain("providers[0].api_key");
        error.Message.ShouldContain("providers[0].max_retries");
        error.Message.ShouldNotContain("gsk_with");
    }

    [Fact]
    public void A_connection_is_made_of_every_key_at_every_address()
    {
        ProviderOptions options = new()
        {
            Name = "g",
            Kind = "groq",
            Keys =
            [
                new()
                {
                    Name = "main",
                    ApiKey = "gsk_1",
                    Weight = 3,
                },
                new() { ApiKey = "gsk_2" },
            ],
            BaseUrls = ["https://eu.example.com", "https://us.example.com/openai/v1/"],
        };

        using ProviderSet set = ProviderRegistry.Default.Create([options]);

        set.All[0]
            .Connections.Select(connection => $"{connection.Id} {connection.Weight}")
            .ShouldBe([
                "main@eu.example.com/openai/v1 3",
                "key2@eu.example.com/openai/v1 1",
                "main@us.example.com/openai/v1 3",
                "key2@us.example.com/openai/v1 1",
            ]);
    }

    [Fact]
    public void References_that_lead_nowhere_are_all_listed()
    {
        using ProviderSet set = WithEcho.Create([
            new()
            {
                Name = "groq",
                Kind = "groq",
                ApiKey = "gsk_1",
            },
            new() { Name = "echo", Kind = "echo" },
        ]);

        ModelReference[] references =
        [
            new("agents[0].llm", ProviderService.Llm, "groq", "openai/gpt-oss-120b"),
            new("agents[1].llm", ProviderService.Llm, "groq", "whisper-large-v3"),
            new("agents[2].llm", ProviderService.Llm, "groq", "gpt-unheard-of"),
            new("agents[3].llm", ProviderService.Llm, "nobody"),
            new("agents[4].tts", ProviderService.TextToSpeech, "echo"),
            new("agents[5].llm", ProviderService.Llm, "echo", "anything"),
        ];

        set.Validate(references)
            .Select(error => error.Path)
            .ShouldBe([
                "agents[1].llm.model",
                "agents[2].llm.model",
                "agents[3].llm.provider",
                "agents[4].tts.provider",
            ]);
    }
}
