using GroqKit.Catalog;

namespace GroqKit.Tests.Catalog;

[Requirement("CL-16")]
public sealed class CatalogModelTests
{
    [Theory]
    [InlineData(GroqModels.GptOss120B, "tools", true)]
    [InlineData(GroqModels.GptOss120B, "parallel_tools", false)]
    [InlineData(GroqModels.GptOss120B, "strict_schema", true)]
    [InlineData(GroqModels.GptOss120B, "vision", false)]
    [InlineData(GroqModels.Qwen38, "vision", true)]
    [InlineData(GroqModels.Qwen38, "parallel_tools", true)]
    [InlineData(GroqModels.Qwen38, "caching", null)]
    [InlineData(GroqModels.GptOssSafeguard20B, "browser_search", null)]
    [InlineData(GroqModels.WhisperLargeV3, "translation", true)]
    [InlineData(GroqModels.WhisperLargeV3Turbo, "translation", false)]
    [InlineData(GroqModels.OrpheusEnglish, "vocal_directions", true)]
    [InlineData(GroqModels.OrpheusArabicSaudi, "vocal_directions", false)]
    [InlineData(GroqModels.PromptGuard22M, "json_mode", false)]
    [InlineData(GroqModels.Allam, "json_mode", true)]
    [InlineData(GroqModels.Allam, "tools", null)]
    [InlineData("llama-3.3-70b-versatile", "json_schema", false)]
    [InlineData("minimaxai/minimax-m2.7", "json_mode", null)]
    [InlineData("minimaxai/minimax-m2.7", "vision", false)]
    [InlineData(GroqModels.GptOss120B, "time_travel", null)]
    public void Supports_tells_known_from_unknown(string id, string capability, bool? expected) =>
        ModelCatalog.Default.Supports(id, new ModelCapability(capability)).ShouldBe(expected);

    [Fact]
    public void StatusAt_of_a_withdrawn_model_is_its_former_status_until_the_day_of_the_shutdown()
    {
        CatalogModel model = ModelCatalog.Default.Find("llama-3.3-70b-versatile")!;
        model.StatusAt(new DateOnly(2026, 8, 15)).ShouldBe(ModelStatus.Production);
        model.StatusAt(new DateOnly(2026, 8, 16)).ShouldBe(ModelStatus.Enterprise);
        model.IsAvailableAt(new DateOnly(2026, 8, 15)).ShouldBeTrue();
        model.IsAvailableAt(new DateOnly(2026, 8, 16)).ShouldBeFalse();
    }

    [Fact]
    public void StatusAt_before_the_shutdown_of_a_model_without_a_former_status_is_unknown_yet_it_was_available()
    {
        CatalogModel model = ModelCatalog.Default.Find("mixtral-8x7b-32768")!;
        model.StatusAt(new DateOnly(2025, 3, 19)).ShouldBeNull();
        model.IsAvailableAt(new DateOnly(2025, 3, 19)).ShouldBeTrue();
        model.StatusAt(new DateOnly(2025, 3, 20)).ShouldBe(ModelStatus.Retired);
    }

    [Theory]
    [InlineData(false, "retired")]
    [InlineData(true, "enterprise")]
    public void StatusAt_after_an_announced_shutdown_depends_on_what_contracts_keep(bool enterpriseOk, string expected)
    {
        CatalogModel model = new()
        {
            Id = "acme/own",
            Status = ModelStatus.Preview,
            Shutdown = new DateOnly(2027, 1, 31),
            EnterpriseOk = enterpriseOk,
        };
        model.StatusAt(new DateOnly(2027, 1, 30)).ShouldBe(ModelStatus.Preview);
        model.StatusAt(new DateOnly(2027, 1, 31)).ShouldBe(new ModelStatus(expected));
        model.IsAvailableAt(new DateOnly(2027, 1, 31)).ShouldBeFalse();
    }

    [Fact]
    public void PriceAt_takes_the_price_that_held_on_the_day()
    {
        CatalogModel model = ModelCatalog.Default.Find(GroqModels.GptOss120B)!;
        model.PriceAt(new DateOnly(2025, 8, 4)).ShouldBeNull();
        model.PriceAt(new DateOnly(2025, 8, 5))!.Output.ShouldBe(0.75m);
        model.PriceAt(new DateOnly(2026, 1, 3))!.Output.ShouldBe(0.75m);
        model.PriceAt(new DateOnly(2026, 1, 4))!.Output.ShouldBe(0.60m);
        model.PriceAt(DateOnly.MaxValue)!.Output.ShouldBe(0.60m);
    }

    [Fact]
    public void PriceAt_with_a_first_price_of_unknown_start_reaches_back_to_the_beginning()
    {
        CatalogModel model = new()
        {
            Id = "acme/own",
            Prices =
            [
                new ModelPrice { Input = 1m, Output = 1m },
                new ModelPrice
                {
                    From = new DateOnly(2026, 5, 1),
                    Input = 2m,
                    Output = 2m,
                },
            ],
        };
        model.PriceAt(DateOnly.MinValue)!.Input.ShouldBe(1m);
        model.PriceAt(new DateOnly(2026, 4, 30))!.Input.ShouldBe(1m);
        model.PriceAt(new DateOnly(2026, 5, 1))!.Input.ShouldBe(2m);
    }

    [Fact]
    public void Open_values_compare_by_their_text()
    {
        new ModelStatus("production").ShouldBe(ModelStatus.Production);
        new ModelKind("chat").ShouldBe(ModelKind.Chat);
        new ModelCapability("tools").ShouldBe(ModelCapability.Tools);
        new ModelStatus("beta").ToString().ShouldBe("beta");
        default(ModelKind).Value.ShouldBe("");
        Should.Throw<ArgumentException>(() => new ModelCapability(" "));
    }
}
