using GroqKit.Catalog;

namespace GroqKit.Tests.Catalog;

[Requirement("CL-16", "PR-07")]
public sealed class CatalogRefreshTests
{
    private static readonly DateOnly Seen = new(2026, 12, 1);

    private static readonly ModelCatalog Catalog = ModelCatalog.Default;

    [Fact]
    public void A_listed_price_that_is_the_known_one_is_confirmed_and_nothing_is_repriced()
    {
        CatalogRefresh refresh = Refresh(
            Listing(GroqModels.GptOss120B, ("prompt", "0.00000015"), ("completion", "0.0000006"))
        );
        ModelPrice price = refresh.Catalog.Find(GroqModels.GptOss120B)!.Prices[^1];
        price.ShouldBe(Catalog.Find(GroqModels.GptOss120B)!.Prices[^1] with { Seen = Seen });
        price.CachedInput.ShouldBe(0.075m);
        refresh.Repriced.ShouldBeEmpty();
        refresh.Problems.ShouldBeEmpty();
        refresh.Catalog.Updated.ShouldBe(Seen);
    }

    [Fact]
    public void A_listed_price_that_is_new_holds_from_that_day_and_the_old_one_before_it()
    {
        CatalogRefresh refresh = Refresh(
            Listing(
                GroqModels.GptOss120B,
                ("prompt", "0.00000010"),
                ("completion", "5e-7"),
                ("input_cache_read", "0.00000005")
            )
        );
        CatalogModel model = refresh.Catalog.Find(GroqModels.GptOss120B)!;
        model
            .PriceAt(Seen)
            .ShouldBe(
                new ModelPrice
                {
                    From = Seen,
                    Seen = Seen,
                    Input = 0.1m,
                    CachedInput = 0.05m,
                    Output = 0.5m,
                }
            );
        model.PriceAt(Seen.AddDays(-1))!.Output.ShouldBe(0.60m);
        refresh.Repriced.ShouldBe([GroqModels.GptOss120B]);
        Catalog.Find(GroqModels.GptOss120B)!.Prices.Count.ShouldBe(2);
    }

    [Fact]
    public void A_new_input_price_without_a_cached_one_leaves_the_cached_price_unknown() =>
        Refresh(Listing(GroqModels.GptOss120B, ("prompt", "0.0000002"), ("completion", "0.0000006")))
            .Catalog.PriceAt(GroqModels.GptOss120B, Seen)!
            .CachedInput.ShouldBeNull();

    [Fact]
    public void A_second_refresh_on_one_day_replaces_the_price_of_that_day()
    {
        ModelCatalog first = Refresh(
            Listing(GroqModels.GptOss120B, ("prompt", "0.0000002"), ("completion", "0.000001"))
        ).Catalog;
        ModelCatalog second = first
            .Refresh([Listing(GroqModels.GptOss120B, ("prompt", "0.0000003"), ("completion", "0.000001"))], Seen)
            .Catalog;
        second.Find(GroqModels.GptOss120B)!.Prices.Count.ShouldBe(3);
        second.PriceAt(GroqModels.GptOss120B, Seen)!.Input.ShouldBe(0.3m);
    }

    [Fact]
    public void A_listing_older_than_the_known_price_does_not_change_it()
    {
        CatalogRefresh refresh = Catalog.Refresh(
            [Listing(GroqModels.GptOss120B, ("prompt", "0.0000009"), ("completion", "0.0000009"))],
            new DateOnly(2026, 9, 30)
        );
        refresh.Catalog.Find(GroqModels.GptOss120B)!.Prices.ShouldBe(Catalog.Find(GroqModels.GptOss120B)!.Prices);
        refresh.Repriced.ShouldBeEmpty();
        refresh.Catalog.Updated.ShouldBe(Catalog.Updated);
    }

    [Fact]
    public void The_prompt_price_of_a_speech_model_is_one_per_character()
    {
        CatalogRefresh refresh = Refresh(
            Listing(GroqModels.OrpheusEnglish, ("prompt", "0.000025"), ("completion", "0"))
        );
        refresh.Catalog.PriceAt(GroqModels.OrpheusEnglish, Seen)!.PerMillionCharacters.ShouldBe(25m);
    }

    [Fact]
    public void A_listed_zero_or_a_missing_half_is_no_price()
    {
        CatalogRefresh refresh = Refresh(
            Listing(GroqModels.Allam, ("prompt", "0"), ("completion", "0")),
            Listing(GroqModels.GptOss20B, ("prompt", "0.000001")),
            Listing(GroqModels.WhisperLargeV3, ("prompt", "0.000001"), ("completion", "0.000001"))
        );
        refresh.Catalog.PriceAt(GroqModels.Allam, Seen).ShouldBeNull();
        refresh.Catalog.PriceAt(GroqModels.GptOss20B, Seen)!.Input.ShouldBe(0.075m);
        refresh.Catalog.PriceAt(GroqModels.WhisperLargeV3, Seen)!.PerAudioHour.ShouldBe(0.111m);
        refresh.Repriced.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("prompt", "-0.0000001")]
    [InlineData("prompt", "cheap")]
    [InlineData("completion", "2")]
    [InlineData("completion", "0,5")]
    [InlineData("input_cache_read", "NaN")]
    [InlineData("request", "0.01")]
    public void A_listed_price_that_makes_no_sense_is_reported_and_the_known_one_stays(string name, string value)
    {
        Dictionary<string, string> pricing = new(StringComparer.Ordinal)
        {
            ["prompt"] = "0.000009",
            ["completion"] = "0.000009",
        };
        pricing[name] = value;
        CatalogRefresh refresh = Refresh(new ModelListing { Id = GroqModels.GptOss120B, Pricing = pricing });
        CatalogError problem = refresh.Problems.ShouldHaveSingleItem();
        problem.Path.ShouldBe($"pricing.{name}");
        problem.ModelId.ShouldBe(GroqModels.GptOss120B);
        refresh.Catalog.PriceAt(GroqModels.GptOss120B, Seen)!.Output.ShouldBe(0.60m);
    }

    [Fact]
    public void Listed_figures_beat_known_ones_and_missing_ones_do_not()
    {
        CatalogModel before = Catalog.Find(GroqModels.Qwen38)!;
        CatalogModel after = Refresh(
            new ModelListing
            {
                Id = "Qwen/Qwen3.8-27B",
                ContextWindow = 131_042,
                MaxCompletionTokens = 0,
            }
        )
            .Catalog.Find(GroqModels.Qwen38)!;
        after.Id.ShouldBe(GroqModels.Qwen38);
        after.ContextWindow.ShouldBe(131_042);
        after.MaxOutput.ShouldBe(16_384);
        after.Name.ShouldBe(before.Name);
        after.Kind.ShouldBe(ModelKind.Chat);
        after.Capabilities.ShouldBe(before.Capabilities);
        after.Prices.ShouldBe(before.Prices);
        after.Listed.ShouldBe(true);
    }

    [Fact]
    public void Listed_features_add_capabilities_and_never_take_one_away()
    {
        ModelListing listing = new()
        {
            Id = GroqModels.GptOssSafeguard20B,
            SupportedFeatures = ["reasoning", "browser_search", "new_thing", ""],
        };
        CatalogModel model = Refresh(listing).Catalog.Find(GroqModels.GptOssSafeguard20B)!;
        model.Supports(ModelCapability.BrowserSearch).ShouldBe(true);
        model.Supports(new ModelCapability("new_thing")).ShouldBe(true);
        model.Supports(ModelCapability.Tools).ShouldBe(true);
        model.Supports(ModelCapability.StrictSchema).ShouldBeNull();
        model.Supports(ModelCapability.Vision).ShouldBe(false);
    }

    [Fact]
    public void A_model_that_was_not_known_is_added_with_what_the_listing_says_and_the_rest_unknown()
    {
        CatalogRefresh refresh = Refresh(
            new ModelListing
            {
                Id = "acme/new-9b",
                OwnedBy = "Acme",
                Name = "New 9B",
                Created = DateTimeOffset.UnixEpoch,
                ContextWindow = 4096,
                InputModalities = ["text", "image"],
                OutputModalities = ["text"],
                SupportedFeatures = ["tools", "structured_outputs"],
                Pricing = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["prompt"] = "0.000001",
                    ["completion"] = "0.000002",
                },
            }
        );
        refresh.Added.ShouldBe(["acme/new-9b"]);
        refresh.Repriced.ShouldBe(["acme/new-9b"]);
        CatalogModel model = refresh.Catalog.Find("acme/new-9b")!;
        model.Status.ShouldBe(ModelStatus.Unlisted);
        model.Kind.ShouldBe(ModelKind.Chat);
        (model.Owner, model.Name, model.ContextWindow, model.MaxOutput).ShouldBe(("Acme", "New 9B", 4096, null));
        model.Supports(ModelCapability.Tools).ShouldBe(true);
        model.Supports(ModelCapability.JsonSchema).ShouldBe(true);
        model.Supports(ModelCapability.Vision).ShouldBe(true);
        model.Supports(ModelCapability.Reasoning).ShouldBeNull();
        model.PriceAt(Seen)!.Output.ShouldBe(2m);
        model.PriceAt(Seen.AddDays(-1)).ShouldBeNull();
    }

    [Theory]
    [InlineData("transcription", "transcription", true)]
    [InlineData("speech", "speech", true)]
    [InlineData("text", "chat", null)]
    [InlineData("smell", "unknown", null)]
    public void The_kind_of_a_new_model_follows_from_what_it_puts_out(string output, string kind, bool? capable)
    {
        CatalogModel model = Refresh(new ModelListing { Id = "acme/new", OutputModalities = [output] })
            .Catalog.Find("acme/new")!;
        model.Kind.ShouldBe(new ModelKind(kind));
        model.Supports(new ModelCapability(output)).ShouldBe(capable);
    }

    [Fact]
    public void A_listing_with_nothing_but_an_id_adds_a_model_of_unknown_kind()
    {
        CatalogModel model = Refresh(new ModelListing { Id = "ft:llama-3.1-8b-instant:acme/own-1" }).Catalog.Models[^1];
        model.Kind.ShouldBe(ModelKind.Unknown);
        model.Prices.ShouldBeEmpty();
        model.Supports(ModelCapability.Tools).ShouldBeNull();
    }

    [Fact]
    public void A_model_that_is_not_listed_or_not_active_stays_and_is_reported_as_absent()
    {
        CatalogRefresh refresh = Refresh(
            new ModelListing { Id = GroqModels.GptOss120B },
            new ModelListing { Id = GroqModels.GptOss20B, Active = false }
        );
        refresh.Absent.ShouldContain(GroqModels.GptOss20B);
        refresh.Absent.ShouldNotContain(GroqModels.GptOss120B);
        refresh.Absent.ShouldNotContain("gemma2-9b-it");
        refresh.Catalog.Find(GroqModels.GptOss20B)!.Listed.ShouldBe(false);
        refresh.Catalog.Models.Count.ShouldBe(Catalog.Models.Count);
        refresh.Added.ShouldBeEmpty();
    }

    [Fact]
    public void An_enterprise_model_that_the_key_may_call_is_its_own_replacement()
    {
        Catalog.FinalReplacement("llama-3.3-70b-versatile", Seen)!.Id.ShouldBe("openai/gpt-oss-120b");
        ModelCatalog refreshed = Refresh(new ModelListing { Id = "llama-3.3-70b-versatile" }).Catalog;
        refreshed.FinalReplacement("llama-3.3-70b-versatile", Seen)!.Id.ShouldBe("llama-3.3-70b-versatile");
    }

    [Fact]
    public void A_refresh_that_says_nothing_twice_changes_nothing_the_second_time()
    {
        ModelListing[] listings = [.. Catalog.Models.Select(model => new ModelListing { Id = model.Id })];
        ModelCatalog once = Catalog.Refresh(listings, Seen).Catalog;
        CatalogRefresh twice = once.Refresh(listings, Seen);
        twice.Added.ShouldBeEmpty();
        twice.Repriced.ShouldBeEmpty();
        twice.Catalog.Models.Select(model => model.Id).ShouldBe(Catalog.Models.Select(model => model.Id));
        twice
            .Catalog.Models.SelectMany(model => model.Prices)
            .ShouldBe(Catalog.Models.SelectMany(model => model.Prices));
    }

    private static CatalogRefresh Refresh(params ModelListing[] listings) => Catalog.Refresh(listings, Seen);

    private static ModelListing Listing(string id, params (string Name, string Value)[] pricing) =>
        new()
        {
            Id = id,
            Pricing = pricing.ToDictionary(part => part.Name, part => part.Value, StringComparer.Ordinal),
        };
}
