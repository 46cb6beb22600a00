using GroqKit.Catalog;
using GroqKit.Providers.Naming;

namespace GroqKit.Providers.Tests.Naming;

[Requirement("PR-12")]
public sealed class ModelNamesTests
{
    [Fact]
    public void An_older_name_leads_to_a_model_of_Groq() =>
        ModelNames.ToGroq.Find("GPT-4").ShouldBe(new ModelName("groq", "openai/gpt-oss-120b"));

    [Fact]
    public void Every_meaning_is_a_model_that_the_catalogue_has() =>
        ModelNames
            .ToGroq.Names.Select(name => ModelNames.ToGroq.Find(name)!.Model)
            .ShouldAllBe(model => ModelCatalog.Default.Find(model) != null);

    [Fact]
    public void A_name_can_be_added_and_given_another_meaning()
    {
        ModelNames names = ModelNames.Empty.With("quick", new("groq", "a")).With("QUICK", new("openai", "b"));

        names.Find("quick").ShouldBe(new ModelName("openai", "b"));
        names.Find("slow").ShouldBeNull();
    }
}
