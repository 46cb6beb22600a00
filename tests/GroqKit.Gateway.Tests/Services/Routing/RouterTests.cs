using System.Text;
using GroqKit.Gateway.Infrastructure.Secrets;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Tests.Running;

namespace GroqKit.Gateway.Tests.Services.Routing;

[Requirement("GW-02", "GW-03")]
public sealed class RouterTests
{
    private static readonly Provider Groq = new("groq", new Uri("https://api.groq.com/openai/v1/"), "Bearer k", false);
    private static readonly EnvironmentConfiguration Environment = new([Groq], AdminKey: null);
    private static readonly CallerKey Caller = TestKeys.Of("caller");
    private static readonly CallerKey Stranger = TestKeys.Of("stranger", tenant: "elsewhere");

    private readonly CurrentSnapshot _current = new(Environment);
    private readonly Router _router;

    public RouterTests()
    {
        _router = new Router(_current);
        _current.Value = new SnapshotBuilder(Environment, new AesSecretProtector(null)).Build(
            new StoredConfiguration(
                1,
                [],
                [StoredProvider("openai", ProviderKind.OpenAi), StoredProvider("voices", ProviderKind.ElevenLabs)],
                [
                    StoredAgent("helper", new ServiceSettings(new ModelChoice("openai", "gpt-5"), "{}", [])),
                    StoredAgent("empty", null),
                    StoredAgent("orphan", new ServiceSettings(new ModelChoice("gone", "m"), "{}", [])),
                ]
            ),
            _ => { }
        );
    }

    [Theory]
    [InlineData("openai/gpt-oss-120b", "openai/gpt-oss-120b", false)]
    [InlineData("groq/openai/gpt-oss-120b", "openai/gpt-oss-120b", true)]
    [InlineData("groq/compound-mini", "groq/compound-mini", false)]
    [InlineData("ft:base:org/name-1a", "ft:base:org/name-1a", false)]
    [InlineData("sim/429", "sim/429", false)]
    public void A_name_leads_to_groq_with_the_prefix_taken_off(string name, string model, bool renamed)
    {
        ModelRoute route = Resolve(name);

        route.Model.ShouldBe(model);
        route.Renamed.ShouldBe(renamed);
        Encoding.UTF8.GetString(route.ModelJson.Span).ShouldBe(renamed ? $"\"{model}\"" : "");
        Resolve(name).ShouldBeSameAs(route);
    }

    [Theory]
    [InlineData("")]
    [InlineData("groq/")]
    [InlineData("a//b")]
    [InlineData("a/../b")]
    [InlineData("a b")]
    [InlineData("a\"b")]
    [InlineData("a\u0000")]
    [InlineData("modèle")]
    public void A_malformed_name_is_refused(string name)
    {
        Should
            .Throw<GatewayException>(() => Resolve(name))
            .Error.ShouldSatisfyAllConditions(
                error => error.Status.ShouldBe(400),
                error => error.Param.ShouldBe("model")
            );
    }

    [Theory]
    [InlineData("openai/gpt-5", "openai", "gpt-5")]
    [InlineData("openai/ft:gpt-5:org/x", "openai", "ft:gpt-5:org/x")]
    [InlineData("agent/helper", "openai", "gpt-5")]
    [InlineData("openai/gpt-oss-20b", "groq", "openai/gpt-oss-20b")]
    [InlineData("mistral/large", "groq", "mistral/large")]
    [InlineData("gpt-5", "groq", "gpt-5")]
    public void A_prefix_chooses_a_configured_provider_unless_the_id_is_groqs(
        string name,
        string provider,
        string model
    )
    {
        ModelRoute route = Resolve(name);

        route.Provider.Name.ShouldBe(provider);
        route.Model.ShouldBe(model);
        route.Renamed.ShouldBe(name != model);
    }

    [Theory]
    [InlineData("agent/nobody", 404, "does not exist")]
    [InlineData("agent/empty", 400, "has no LLM")]
    [InlineData("agent/orphan", 400, "'gone'")]
    [InlineData("voices/x", 400, "serves no chat")]
    public void A_name_that_leads_nowhere_is_refused(string name, int status, string reason)
    {
        GatewayError error = Should.Throw<GatewayException>(() => Resolve(name)).Error;

        error.Status.ShouldBe(status);
        error.Param.ShouldBe("model");
        error.Message.ShouldContain(reason);
    }

    [Fact]
    public void Whoever_stands_in_for_groq_answers_to_its_name()
    {
        var simulated = new EnvironmentConfiguration(
            [new Provider("simulator", new Uri("http://127.0.0.1:9100/openai/v1/"), "Bearer k", true)],
            AdminKey: null
        );
        var current = new CurrentSnapshot(simulated)
        {
            Value = new SnapshotBuilder(simulated, new AesSecretProtector(null)).Build(
                new StoredConfiguration(
                    1,
                    [],
                    [],
                    [StoredAgent("a", new ServiceSettings(new ModelChoice("groq", "m"), "{}", []))]
                ),
                _ => { }
            ),
        };
        var router = new Router(current);

        router.Resolve("groq/m"u8, "model", Caller).Provider.Name.ShouldBe("simulator");
        router.Resolve("agent/a"u8, "model", Caller).Provider.Name.ShouldBe("simulator");
        router.Resolve("m"u8, "model", Caller).Provider.Name.ShouldBe("simulator");
    }

    [Fact]
    public void Agents_are_their_tenants_own_and_the_operators_providers_are_everyones()
    {
        Should
            .Throw<GatewayException>(() => _router.Resolve("agent/helper"u8, "model", Stranger))
            .Error.Status.ShouldBe(404);
        _router.Resolve("openai/gpt-5"u8, "model", Stranger).Provider.Name.ShouldBe("openai");
    }

    [Fact]
    public void Invented_names_do_not_fill_the_memory()
    {
        for (int i = 0; i < 3000; i++)
            Resolve($"invented-{i}");

        Resolve("invented-2999").ShouldNotBeSameAs(Resolve("invented-2999"));
        Resolve("invented-1").ShouldBeSameAs(Resolve("invented-1"));
    }

    [Fact]
    public void A_provider_does_not_show_its_key()
    {
        Groq.ToString().ShouldNotContain("Bearer");
    }

    private ModelRoute Resolve(string name) => _router.Resolve(Encoding.UTF8.GetBytes(name), "model", Caller);

    private static ProviderConfiguration StoredProvider(string name, ProviderKind kind) =>
        new()
        {
            Tenant = Tenants.Home,
            Name = name,
            Kind = kind,
            BaseUrl = new Uri("https://models.example/v1/"),
            CreatedAt = default,
            UpdatedAt = default,
        };

    private static Agent StoredAgent(string name, ServiceSettings? llm) =>
        new()
        {
            Tenant = Tenants.Home,
            Name = name,
            Llm = llm,
            CreatedAt = default,
            UpdatedAt = default,
        };
}
