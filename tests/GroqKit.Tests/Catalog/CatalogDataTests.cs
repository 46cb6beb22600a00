using GroqKit.Catalog;

namespace GroqKit.Tests.Catalog;

/// <summary>The data that ships with the library is complete and consistent.</summary>
[Requirement("CL-16")]
public sealed class CatalogDataTests
{
    private static readonly DateOnly Today = new(2026, 11, 20);

    private static readonly ModelCatalog Catalog = ModelCatalog.Default;

    private static readonly string[] SelfServe =
    [
        "openai/gpt-oss-120b",
        "openai/gpt-oss-20b",
        "whisper-large-v3",
        "whisper-large-v3-turbo",
        "openai/gpt-oss-safeguard-20b",
        "qwen/qwen3.8-27b",
        "canopylabs/orpheus-v1-english",
        "canopylabs/orpheus-arabic-saudi",
        "meta-llama/llama-prompt-guard-2-22m",
        "meta-llama/llama-prompt-guard-2-86m",
        "allam-2-7b",
    ];

    private static readonly string[] Enterprise =
    [
        "llama-3.1-8b-instant",
        "llama-3.3-70b-versatile",
        "minimaxai/minimax-m2.7",
    ];

    private static readonly string[] Retired =
    [
        "groq/compound",
        "groq/compound-mini",
        "qwen/qwen3.6-27b",
        "qwen/qwen3-32b",
        "meta-llama/llama-4-scout-17b-16e-instruct",
        "moonshotai/kimi-k2-instruct-0905",
        "meta-llama/llama-4-maverick-17b-128e-instruct",
        "meta-llama/llama-guard-4-12b",
        "playai-tts",
        "playai-tts-arabic",
        "moonshotai/kimi-k2-instruct",
        "gemma2-9b-it",
        "deepseek-r1-distill-llama-70b",
        "llama3-70b-8192",
        "llama3-8b-8192",
        "distil-whisper-large-v3-en",
        "mistral-saba-24b",
        "qwen-qwq-32b",
        "llama-guard-3-8b",
        "llama-3.2-1b-preview",
        "llama-3.2-3b-preview",
        "llama-3.2-11b-vision-preview",
        "llama-3.2-90b-vision-preview",
        "deepseek-r1-distill-qwen-32b",
        "qwen-2.5-32b",
        "qwen-2.5-coder-32b",
        "llama-3.3-70b-specdec",
        "deepseek-r1-distill-llama-70b-specdec",
        "mixtral-8x7b-32768",
        "llama-3.1-70b-versatile",
        "llama-3.1-70b-specdec",
        "llama3-groq-8b-8192-tool-use-preview",
        "llama3-groq-70b-8192-tool-use-preview",
        "gemma-7b-it",
        "llama-3.2-90b-text-preview",
        "llava-v1.5-7b-4096-preview",
        "llama-3.2-11b-text-preview",
        "compound-beta",
        "compound-beta-mini",
        "llama2-70b-4096",
        "llama-3.1-405b-reasoning",
    ];

    public static TheoryData<string> AllIds => [.. Catalog.Models.Select(model => model.Id)];

    public static TheoryData<string> RetiredIds => [.. Retired];

    [Fact]
    public void The_catalogue_holds_exactly_the_models_that_Groq_ever_offered()
    {
        Catalog.Models.Count.ShouldBe(55);
        Catalog.Models.Select(model => model.Id).ShouldBe([.. SelfServe, .. Enterprise, .. Retired], ignoreOrder: true);
        Catalog.Updated.ShouldBe(Today);
    }

    [Fact]
    public void Each_model_has_the_status_of_its_group()
    {
        IdsWith(ModelStatus.Production).ShouldBe(SelfServe[..4]);
        IdsWith(ModelStatus.Preview).ShouldBe(SelfServe[4..10]);
        IdsWith(ModelStatus.Unlisted).ShouldBe(SelfServe[10..]);
        IdsWith(ModelStatus.Enterprise).ShouldBe(Enterprise);
        IdsWith(ModelStatus.Retired).ShouldBe(Retired);
    }

    [Theory]
    [MemberData(nameof(AllIds))]
    public void A_model_is_described_and_has_no_figure_below_one(string id)
    {
        CatalogModel model = Catalog.Find(id).ShouldNotBeNull();
        model.Name.ShouldNotBeNullOrWhiteSpace();
        model.Owner.ShouldNotBeNullOrWhiteSpace();
        model.Kind.ShouldNotBe(ModelKind.Unknown);
        model.InputModalities.ShouldNotBeEmpty();
        model.OutputModalities.ShouldNotBeEmpty();
        int?[] figures =
        [
            model.ContextWindow,
            model.MaxOutput,
            model.TokensPerSecond,
            model.SpeedFactor,
            model.MaxImages,
            model.MaxImageMegabytes,
            model.MaxInputCharacters,
        ];
        figures.ShouldAllBe(figure => figure == null || figure > 0);
    }

    [Theory]
    [MemberData(nameof(AllIds))]
    public void Prices_are_above_zero_dated_in_order_and_on_one_basis(string id)
    {
        CatalogModel model = Catalog.Find(id).ShouldNotBeNull();
        foreach (ModelPrice price in model.Prices)
        {
            decimal?[] amounts =
            [
                price.Input,
                price.CachedInput,
                price.Output,
                price.PerAudioHour,
                price.PerMillionCharacters,
            ];
            amounts.ShouldAllBe(amount => amount == null || amount > 0m);
            bool[] bases =
            [
                price.Input is not null,
                price.PerAudioHour is not null,
                price.PerMillionCharacters is not null,
            ];
            bases.Count(used => used).ShouldBe(1);
            (price.CachedInput < price.Input).ShouldBe(price.CachedInput is not null);
            (price.MinimumAudioSeconds is null or 10).ShouldBeTrue();
            (price.PerAudioHour is null).ShouldBe(price.MinimumAudioSeconds is null);
            (price.From > price.Seen).ShouldBeFalse();
            (price.Seen > Catalog.Updated).ShouldBeFalse();
        }
        DateOnly[] dates = [.. model.Prices.Select(price => price.From ?? DateOnly.MinValue)];
        dates.ShouldBe(dates.Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(AllIds))]
    public void A_replacement_exists_and_is_not_the_model_itself(string id)
    {
        CatalogModel model = Catalog.Find(id).ShouldNotBeNull();
        model.Replacements.ShouldAllBe(next => Catalog.Find(next) != null && next != id);
        model.Replacements.ShouldBeUnique();
    }

    [Theory]
    [MemberData(nameof(RetiredIds))]
    public void A_chain_of_replacements_ends_at_a_live_model_unless_there_is_none(string id)
    {
        CatalogModel model = Catalog.Find(id).ShouldNotBeNull();
        CatalogModel? last = Catalog.FinalReplacement(id, Today);
        string[] withoutOne =
        [
            "groq/compound",
            "groq/compound-mini",
            "compound-beta",
            "compound-beta-mini",
            "llama2-70b-4096",
            "llama-3.1-405b-reasoning",
        ];
        if (withoutOne.Contains(id))
            last.ShouldBeNull();
        else
        {
            SelfServe.ShouldContain(last.ShouldNotBeNull().Id);
            last.Kind.ShouldBe(model.Kind);
        }
    }

    [Fact]
    public void Every_model_that_can_be_called_has_limits_and_a_price_but_the_one_without_a_published_price()
    {
        foreach (CatalogModel model in SelfServe.Select(id => Catalog.Find(id)!))
        {
            model.FreeLimits.ShouldNotBeNull().RequestsPerMinute.ShouldNotBeNull();
            model.DeveloperLimits.ShouldNotBeNull().RequestsPerMinute.ShouldNotBeNull();
            (model.PriceAt(Today) is null).ShouldBe(model.Id == "allam-2-7b");
        }
    }

    [Fact]
    public void Only_withdrawn_models_have_a_shutdown_and_it_lies_in_the_past()
    {
        foreach (CatalogModel model in Catalog.Models)
        {
            (model.Shutdown >= Today).ShouldBeFalse();
            if (SelfServe.Contains(model.Id))
                model.Shutdown.ShouldBeNull();
        }
        string[] undated = [.. Retired.Where(id => Catalog.Find(id)!.Shutdown is null)];
        undated.ShouldBe(["compound-beta", "compound-beta-mini", "llama2-70b-4096", "llama-3.1-405b-reasoning"]);
    }

    [Theory]
    [InlineData("openai/gpt-oss-120b", 0.15, 0.075, 0.60)]
    [InlineData("openai/gpt-oss-20b", 0.075, 0.0375, 0.30)]
    [InlineData("openai/gpt-oss-safeguard-20b", 0.075, 0.037, 0.30)]
    [InlineData("qwen/qwen3.8-27b", 0.80, 0.40, 4.00)]
    public void Prices_by_token_are_those_published_in_October_2026(
        string id,
        double input,
        double cached,
        double output
    )
    {
        ModelPrice price = Catalog.PriceAt(id, new DateOnly(2026, 10, 1)).ShouldNotBeNull();
        price.Input.ShouldBe((decimal)input);
        price.CachedInput.ShouldBe((decimal)cached);
        price.Output.ShouldBe((decimal)output);
    }

    [Fact]
    public void Audio_and_speech_prices_are_those_published_in_October_2026()
    {
        Catalog.PriceAt(GroqModels.WhisperLargeV3, Today)!.PerAudioHour.ShouldBe(0.111m);
        Catalog.PriceAt(GroqModels.WhisperLargeV3Turbo, Today)!.PerAudioHour.ShouldBe(0.04m);
        Catalog.PriceAt(GroqModels.OrpheusEnglish, Today)!.PerMillionCharacters.ShouldBe(22m);
        Catalog.PriceAt(GroqModels.OrpheusArabicSaudi, Today)!.PerMillionCharacters.ShouldBe(40m);
    }

    private static string[] IdsWith(ModelStatus status) =>
        [.. Catalog.Models.Where(model => model.Status == status).Select(model => model.Id)];
}
