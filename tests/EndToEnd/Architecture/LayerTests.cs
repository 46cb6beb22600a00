using System.Text.RegularExpressions;
using GroqKit.EndToEnd.Features;

namespace GroqKit.EndToEnd.Architecture;

/// <summary>Inside the gateway: <c>Api → Services → ports ← Infrastructure</c>. Namespaces follow folders, so the sources tell.</summary>
[Requirement("GW-01")]
public sealed class LayerTests
{
    [Theory]
    [InlineData("Services", "Api")]
    [InlineData("Services", "Infrastructure")]
    [InlineData("Services", "Dashboard")]
    [InlineData("Infrastructure", "Api")]
    [InlineData("Infrastructure", "Dashboard")]
    public void A_layer_does_not_know_what_stands_on_it(string layer, string above) =>
        Repository
            .Files($"src/GroqKit.Gateway/{layer}", "*.cs")
            .Where(file => Mentions(File.ReadAllText(file), above))
            .Select(file => Path.GetRelativePath(Repository.Root, file))
            .ShouldBeEmpty();

    [Theory]
    [InlineData("using GroqKit.Gateway.Api.OpenAi;", true)]
    [InlineData("var a = new Api.Thing();", true)]
    [InlineData("using GroqKit.Gateway.ApiKeys;", false)]
    [InlineData("// see GroqKit.Gateway.Api", false)]
    [InlineData("string a = \"GroqKit.Gateway.Api.X\"; b.Api.C();", false)]
    public void A_mention_is_a_namespace_in_code(string source, bool mentioned) =>
        Mentions(source, "Api").ShouldBe(mentioned);

    private static bool Mentions(string source, string layer) =>
        Regex.IsMatch(
            SourceText.Blank(source),
            $@"(\bGroqKit\.Gateway\.|(?<![\w.])){layer}\.|\bGroqKit\.Gateway\.{layer}\b",
            RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(30)
        );
}
