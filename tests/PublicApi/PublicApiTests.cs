using System.Reflection;
using GroqKit.Providers.Configuration;
using GroqKit.Simulator.Hosting;
using GroqKit.Testing;
using GroqKit.Voice;
using Microsoft.Extensions.AI;

namespace GroqKit.PublicApi;

/// <summary>
/// What users build on stands in docs/api, a file per package. A change of it is a decision: <c>eng/api.sh</c> writes the file anew, and the review
/// shows what changed.
/// </summary>
[Requirement("DL-01")]
public sealed class PublicApiTests
{
    public const string Switch = "GROQKIT_UPDATE_API";

    public static TheoryData<string> Packages { get; } =
    ["GroqKit", "GroqKit.Extensions", "GroqKit.Providers", "GroqKit.Voice", "GroqKit.Testing", "GroqKit.Simulator"];

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_promises_what_its_file_says(string package)
    {
        string file = Repository.At("docs", "api", $"{package}.txt");
        string now = ApiListing.Of(Assembly.Load(package));
        if (Environment.GetEnvironmentVariable(Switch) == "1")
            File.WriteAllText(file, now);
        string known = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";

        string difference = ApiDifference.Of(known, now);

        difference.ShouldBeEmpty(
            $"The public API of {package} is not what docs/api/{package}.txt says. If that is meant, run eng/api.sh."
        );
    }

    [Fact]
    public void The_listing_does_not_depend_on_the_run() =>
        ApiListing.Of(typeof(ScriptedAnswer).Assembly).ShouldBe(ApiListing.Of(typeof(ScriptedAnswer).Assembly));

    [Fact]
    public void Every_package_is_loaded_as_it_is_shipped() =>
        Packages
            .Select(package => Assembly.Load(package.Data).GetName().Name)
            .ShouldBe([
                typeof(GroqClient).Assembly.GetName().Name,
                typeof(GroqAIExtensions).Assembly.GetName().Name,
                typeof(ProviderSet).Assembly.GetName().Name,
                typeof(VoicePipeline).Assembly.GetName().Name,
                typeof(ScriptedAnswer).Assembly.GetName().Name,
                typeof(SimulatorServer).Assembly.GetName().Name,
            ]);
}
