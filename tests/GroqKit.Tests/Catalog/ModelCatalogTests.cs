using GroqKit.Catalog;

namespace GroqKit.Tests.Catalog;

[Requirement("CL-16")]
public sealed class ModelCatalogTests
{
    private static readonly DateOnly Today = new(2026, 11, 20);

    [Theory]
    [InlineData("openai/gpt-oss-120b")]
    [InlineData("OpenAI/GPT-OSS-120B")]
    public void Find_ignores_the_case_of_letters_and_gives_the_spelling_of_Groq(string id) =>
        ModelCatalog.Default.Find(id).ShouldNotBeNull().Id.ShouldBe("openai/gpt-oss-120b");

    [Theory]
    [InlineData("")]
    [InlineData(" openai/gpt-oss-120b")]
    [InlineData("gpt-oss-120b")]
    [InlineData("groq/openai/gpt-oss-120b")]
    [InlineData("no-such-model")]
    public void Find_of_another_id_is_null_because_nothing_is_trimmed_or_guessed(string id) =>
        ModelCatalog.Default.Find(id).ShouldBeNull();

    [Fact]
    public void Everything_about_an_unknown_model_is_unknown_and_not_false_or_zero()
    {
        ModelCatalog catalog = ModelCatalog.Default;
        catalog.Supports("no-such-model", ModelCapability.Tools).ShouldBeNull();
        catalog.PriceAt("no-such-model", Today).ShouldBeNull();
        catalog.CostOf("no-such-model", new ModelUsage { InputTokens = 1 }, Today).ShouldBeNull();
        catalog.FinalReplacement("no-such-model", Today).ShouldBeNull();
    }

    [Theory]
    [InlineData("openai/gpt-oss-120b", "openai/gpt-oss-120b")]
    [InlineData("llama-3.3-70b-versatile", "openai/gpt-oss-120b")]
    [InlineData("gemma-7b-it", "openai/gpt-oss-20b")]
    [InlineData("mixtral-8x7b-32768", "openai/gpt-oss-120b")]
    [InlineData("qwen/qwen3.6-27b", "qwen/qwen3.8-27b")]
    [InlineData("distil-whisper-large-v3-en", "whisper-large-v3-turbo")]
    [InlineData("playai-tts", "canopylabs/orpheus-v1-english")]
    [InlineData("playai-tts-arabic", "canopylabs/orpheus-arabic-saudi")]
    [InlineData("llama-guard-3-8b", "openai/gpt-oss-safeguard-20b")]
    public void FinalReplacement_follows_the_chain_to_a_model_that_is_live_today(string id, string expected) =>
        ModelCatalog.Default.FinalReplacement(id, Today).ShouldNotBeNull().Id.ShouldBe(expected);

    [Fact]
    public void FinalReplacement_stops_at_a_model_that_was_still_live_on_the_day()
    {
        ModelCatalog catalog = ModelCatalog.Default;
        catalog.FinalReplacement("gemma-7b-it", new DateOnly(2025, 1, 1))!.Id.ShouldBe("gemma2-9b-it");
        catalog.FinalReplacement("gemma-7b-it", new DateOnly(2025, 12, 1))!.Id.ShouldBe("llama-3.1-8b-instant");
        catalog.FinalReplacement("gemma-7b-it", new DateOnly(2026, 8, 16))!.Id.ShouldBe("openai/gpt-oss-20b");
    }

    [Fact]
    public void FinalReplacement_that_must_read_images_passes_over_the_models_that_cannot()
    {
        ModelCatalog catalog = ModelCatalog.Default;
        catalog.FinalReplacement("llama-3.2-90b-vision-preview", Today)!.Id.ShouldBe("openai/gpt-oss-120b");
        catalog
            .FinalReplacement("llama-3.2-90b-vision-preview", Today, ModelCapability.Vision)!
            .Id.ShouldBe("qwen/qwen3.8-27b");
    }

    [Fact]
    public void FinalReplacement_of_models_that_point_at_each_other_ends_without_one()
    {
        ModelCatalog catalog = ModelCatalog.Empty.With(
            Retired("a", "b"),
            Retired("b", "c"),
            Retired("c", "a", "b", "c")
        );
        catalog.FinalReplacement("a", Today).ShouldBeNull();
    }

    [Fact]
    public void FinalReplacement_leaves_a_circle_by_the_first_way_out()
    {
        CatalogModel live = new() { Id = "live", Status = ModelStatus.Production };
        ModelCatalog catalog = ModelCatalog.Empty.With(Retired("a", "b"), Retired("b", "a", "live"), live);
        catalog.FinalReplacement("a", Today)!.Id.ShouldBe("live");
    }

    [Fact]
    public void With_makes_a_new_catalogue_and_leaves_the_old_one_as_it_was()
    {
        CatalogModel mine = new() { Id = "acme/own", Prices = [new ModelPrice { Input = 1m, Output = 2m }] };
        CatalogModel changed = ModelCatalog.Default.Find(GroqModels.Allam)! with { Name = "Changed" };
        ModelCatalog catalog = ModelCatalog.Default.With(mine, changed);
        catalog.Find("ACME/own").ShouldBeSameAs(mine);
        catalog.Find(GroqModels.Allam)!.Name.ShouldBe("Changed");
        catalog.Models.Count.ShouldBe(ModelCatalog.Default.Models.Count + 1);
        ModelCatalog.Default.Find("acme/own").ShouldBeNull();
        ModelCatalog.Default.Find(GroqModels.Allam)!.Name.ShouldBe("ALLaM 2 7B");
    }

    [Fact]
    public void With_a_bad_price_is_refused_with_the_place()
    {
        CatalogModel bad = new() { Id = "acme/own", Prices = [new ModelPrice { Input = -1m, Output = 2m }] };
        ArgumentException error = Should.Throw<ArgumentException>(() => ModelCatalog.Empty.With(bad));
        error.ParamName.ShouldBe("models");
        error.Message.ShouldContain(
            "models[0].prices[0].input (acme/own): must be from 0 to 1000000 dollars, but is -1"
        );
    }

    [Fact]
    public void With_a_replacement_that_does_not_exist_is_refused() =>
        Should
            .Throw<ArgumentException>(() => ModelCatalog.Empty.With(Retired("a", "nowhere")))
            .Message.ShouldContain("\"nowhere\"");

    [Fact]
    public async Task Default_is_one_catalogue_for_all_threads()
    {
        ModelCatalog[] seen = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => Task.Run(() => ModelCatalog.Default))
        );
        seen.ShouldAllBe(catalog => ReferenceEquals(catalog, ModelCatalog.Default));
    }

    [Fact]
    public void A_list_that_the_caller_changes_later_does_not_change_the_model()
    {
        List<ModelPrice> prices = [new ModelPrice { Input = 1m, Output = 2m }];
        CatalogModel model = new() { Id = "acme/own", Prices = prices };
        prices.Clear();
        model.Prices.Count.ShouldBe(1);
    }

    private static CatalogModel Retired(string id, params string[] replacements) =>
        new()
        {
            Id = id,
            Status = ModelStatus.Retired,
            Replacements = replacements,
        };
}
