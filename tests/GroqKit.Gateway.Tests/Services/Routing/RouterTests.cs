using System.Text;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Tests.Services.Routing;

[Requirement("GW-02")]
public sealed class RouterTests
{
    private readonly Router _router = new(
        new Provider("groq", new Uri("https://api.groq.com/openai/v1/"), "Bearer k", false)
    );

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
        _router.Default.ToString().ShouldNotContain("Bearer");
    }

    private ModelRoute Resolve(string name) => _router.Resolve(Encoding.UTF8.GetBytes(name), "model");
}
