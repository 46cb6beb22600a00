using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using GroqKit.Catalog;

namespace GroqKit.Tests.Catalog;

[Requirement("CL-16", "PR-07")]
public sealed class CatalogParsingTests
{
    [Fact]
    public void A_catalogue_of_ones_own_holds_only_what_it_says()
    {
        ModelCatalog catalog = ModelCatalog.Parse(
            """
            {
              // Comments and trailing commas make life easier for people who edit by hand.
              "updated": "2026-11-01",
              "models": [
                { "id": "acme/chat", "kind": "chat", "prices": [{ "from": "2026-10-01", "input": 1.5, "output": 1e1 }] },
              ],
            }
            """
        );
        catalog.Updated.ShouldBe(new DateOnly(2026, 11, 1));
        CatalogModel model = catalog.Models.ShouldHaveSingleItem();
        model.Status.ShouldBe(ModelStatus.Unlisted);
        model
            .Prices[0]
            .ShouldBe(
                new ModelPrice
                {
                    From = new DateOnly(2026, 10, 1),
                    Input = 1.5m,
                    Output = 10m,
                }
            );
        model.Supports(ModelCapability.Tools).ShouldBeNull();
        model.ContextWindow.ShouldBeNull();
    }

    [Fact]
    public void A_merge_keeps_each_member_that_the_entry_does_not_give()
    {
        CatalogModel before = ModelCatalog.Default.Find(GroqModels.GptOss20B)!;
        CatalogModel after = ModelCatalog
            .Default.Merge(
                """{ "models": [{ "id": "OPENAI/gpt-oss-20b", "prices": [{ "input": 0.05, "output": 0.2 }], "notes": "Our contract." }] }"""
            )
            .Find(GroqModels.GptOss20B)!;
        after.Prices.ShouldHaveSingleItem().Output.ShouldBe(0.2m);
        (after with { Prices = before.Prices, Notes = before.Notes }).ToString().ShouldBe(before.ToString());
        after.Id.ShouldBe(GroqModels.GptOss20B);
        after.Capabilities.ShouldBe(before.Capabilities);
        after.FreeLimits.ShouldBe(before.FreeLimits);
        after.ContextWindow.ShouldBe(131_072);
    }

    [Fact]
    public void A_merge_can_take_a_known_figure_back()
    {
        const string Json =
            """{ "models": [{ "id": "openai/gpt-oss-20b", "contextWindow": null, "prices": [], "limits": null }] }""";
        CatalogModel model = ModelCatalog.Default.Merge(Json).Find(GroqModels.GptOss20B)!;
        model.ContextWindow.ShouldBeNull();
        model.Prices.ShouldBeEmpty();
        model.FreeLimits.ShouldBeNull();
    }

    [Theory]
    [InlineData("\"2027-01-01\"", "2027-01-01")]
    [InlineData("\"2020-01-01\"", "2026-11-20")]
    [InlineData("null", "2026-11-20")]
    public void A_merge_moves_the_day_of_the_data_only_forward(string updated, string expected) =>
        ModelCatalog
            .Default.Merge($$"""{ "updated": {{updated}}, "models": [] }""")
            .Updated.ShouldBe(DateOnly.ParseExact(expected, "yyyy-MM-dd"));

    [Fact]
    public void Data_written_by_hand_reads_back_in_full()
    {
        CatalogModel model = ModelCatalog
            .Parse(
                """
                {
                  "models": [
                    { "id": "b" },
                    {
                      "id": "a", "name": "A", "owner": "O", "status": "retired", "formerStatus": "preview", "kind": "speech",
                      "created": 1754408224, "contextWindow": 1, "maxOutput": 2, "tokensPerSecond": 3, "speedFactor": 4,
                      "prices": [{ "from": null, "seen": "2026-01-02", "perMillionCharacters": 5 }],
                      "limits": { "free": { "rpm": 6, "rpd": 7, "tpm": 8, "tpd": 9, "ash": 10, "asd": 11, "fileMegabytes": 12 } },
                      "capabilities": ["speech"], "unknownCapabilities": ["tools"], "reasoningEfforts": ["low"],
                      "inputModalities": ["text"], "outputModalities": ["speech"], "voices": ["v"],
                      "maxImages": 13, "maxImageMegabytes": 14, "maxInputCharacters": 15,
                      "shutdown": "2026-03-04", "replacement": "b", "enterpriseOk": true, "unconfirmed": ["prices"], "notes": "N"
                    }
                  ]
                }
                """
            )
            .Find("a")!;
        (model.Name, model.Owner, model.Notes).ShouldBe(("A", "O", "N"));
        (model.Status, model.FormerStatus, model.Kind).ShouldBe(
            (ModelStatus.Retired, ModelStatus.Preview, ModelKind.Speech)
        );
        model.Created.ShouldBe(DateTimeOffset.FromUnixTimeSeconds(1754408224));
        (model.ContextWindow, model.MaxOutput, model.TokensPerSecond, model.SpeedFactor).ShouldBe((1, 2, 3, 4));
        model.Prices[0].ShouldBe(new ModelPrice { Seen = new DateOnly(2026, 1, 2), PerMillionCharacters = 5m });
        model.FreeLimits.ShouldBe(
            new ModelLimits
            {
                RequestsPerMinute = 6,
                RequestsPerDay = 7,
                TokensPerMinute = 8,
                TokensPerDay = 9,
                AudioSecondsPerHour = 10,
                AudioSecondsPerDay = 11,
                FileMegabytes = 12,
            }
        );
        model.DeveloperLimits.ShouldBeNull();
        model.Supports(ModelCapability.Speech).ShouldBe(true);
        model.Supports(ModelCapability.Tools).ShouldBeNull();
        model.Supports(ModelCapability.Vision).ShouldBe(false);
        model.ReasoningEfforts.ShouldBe(["low"]);
        model.InputModalities.ShouldBe(["text"]);
        model.OutputModalities.ShouldBe(["speech"]);
        model.Voices.ShouldBe(["v"]);
        (model.MaxImages, model.MaxImageMegabytes, model.MaxInputCharacters).ShouldBe((13, 14, 15));
        model.Shutdown.ShouldBe(new DateOnly(2026, 3, 4));
        model.Replacement.ShouldBe("b");
        model.EnterpriseOk.ShouldBeTrue();
        model.Unconfirmed.ShouldBe(["prices"]);
    }

    [Theory]
    [InlineData(
        "{ \"input\": -1, \"output\": 1 }",
        "models[0].prices[0].input",
        "must be from 0 to 1000000 dollars, but is -1"
    )]
    [InlineData("{ \"input\": 1, \"output\": 1000001 }", "models[0].prices[0].output", "but is 1000001")]
    [InlineData("{ \"input\": \"0.15\", \"output\": 1 }", "models[0].prices[0].input", "but is \"0.15\"")]
    [InlineData("{ \"input\": 1e400, \"output\": 1 }", "models[0].prices[0].input", "must be a number of dollars")]
    [InlineData("{ \"input\": 1 }", "models[0].prices[0].output", "is missing")]
    [InlineData("{ \"output\": 1 }", "models[0].prices[0].input", "is missing")]
    [InlineData("{ \"cachedInput\": 1 }", "models[0].prices[0].input", "is missing")]
    [InlineData("{ \"from\": \"2026-01-01\" }", "models[0].prices[0]", "has no figure")]
    [InlineData("{ \"inptu\": 1, \"perAudioHour\": 1 }", "models[0].prices[0].inptu", "is not a member")]
    [InlineData(
        "{ \"from\": \"1.10.2026\", \"input\": 1, \"output\": 1 }",
        "models[0].prices[0].from",
        "must be a date"
    )]
    [InlineData(
        "{ \"from\": \"2026-02-30\", \"input\": 1, \"output\": 1 }",
        "models[0].prices[0].from",
        "must be a date"
    )]
    [InlineData(
        "{ \"perAudioHour\": 1, \"minimumAudioSeconds\": -5 }",
        "models[0].prices[0].minimumAudioSeconds",
        "must be a whole number"
    )]
    [InlineData("7", "models[0].prices[0]", "must be an object, but is 7")]
    public void A_bad_price_is_one_error_with_its_path(string price, string path, string message)
    {
        CatalogError error = ErrorsOf($$"""{ "models": [{ "id": "acme/chat", "prices": [{{price}}] }] }""")
            .ShouldHaveSingleItem();
        error.Path.ShouldBe(path);
        error.ModelId.ShouldBe("acme/chat");
        error.Message.ShouldContain(message);
    }

    [Theory]
    [InlineData("\"2026-01-01\"", "\"2025-01-01\"")]
    [InlineData("\"2026-01-01\"", "\"2026-01-01\"")]
    [InlineData("\"2026-01-01\"", "null")]
    public void Prices_out_of_order_are_refused(string first, string second)
    {
        string json = $$"""
            {
              "models": [
                { "id": "a", "prices": [{ "from": {{first}}, "input": 1, "output": 1 }, { "from": {{second}}, "input": 1, "output": 1 }] }
              ]
            }
            """;
        ErrorsOf(json).ShouldHaveSingleItem().Path.ShouldBe("models[0].prices[1].from");
    }

    [Fact]
    public void An_embedding_model_needs_no_price_for_output() =>
        ModelCatalog
            .Parse("""{ "models": [{ "id": "e", "kind": "embedding", "prices": [{ "input": 0.02 }] }] }""")
            .CostOf("e", new ModelUsage { InputTokens = 1_000_000 }, DateOnly.MinValue)
            .ShouldBe(0.02m);

    [Theory]
    [InlineData("""{ "id": "a", "contextWindow": 0 }""", "models[0].contextWindow")]
    [InlineData("""{ "id": "a", "maxOutput": 1.5 }""", "models[0].maxOutput")]
    [InlineData("""{ "id": "a", "contextWindow": "131072" }""", "models[0].contextWindow")]
    [InlineData("""{ "id": "a", "created": -1 }""", "models[0].created")]
    [InlineData("""{ "id": "a", "created": 999999999999999 }""", "models[0].created")]
    [InlineData("""{ "id": "a", "name": "" }""", "models[0].name")]
    [InlineData("""{ "id": "a", "capabilities": ["tools", " "] }""", "models[0].capabilities")]
    [InlineData("""{ "id": "a", "voices": "x" }""", "models[0].voices")]
    [InlineData("""{ "id": "a", "enterpriseOk": "yes" }""", "models[0].enterpriseOk")]
    [InlineData("""{ "id": "a", "limits": [] }""", "models[0].limits")]
    [InlineData("""{ "id": "a", "limits": { "free": { "rpm": 0 } } }""", "models[0].limits.free.rpm")]
    [InlineData("""{ "id": "a", "limits": { "gold": {} } }""", "models[0].limits.gold")]
    [InlineData("""{ "id": "a", "limits": { "free": { "rps": 1 } } }""", "models[0].limits.free.rps")]
    [InlineData("""{ "id": "a", "prices": {} }""", "models[0].prices")]
    [InlineData("""{ "id": "a", "replacements": ["nowhere"] }""", "models[0].replacements[0]")]
    [InlineData("""{ "id": "a", "replacement": "a", "replacements": [] }""", "models[0].replacement")]
    [InlineData("""{ "id": "a", "contextwindow": 1 }""", "models[0].contextwindow")]
    [InlineData("""{ "id": "a b" }""", "models[0].id")]
    [InlineData("""{ "id": 7 }""", "models[0].id")]
    [InlineData("""{ "name": "nameless" }""", "models[0].id")]
    [InlineData("""{ "id": "a" }, { "id": "A" }""", "models[1].id")]
    [InlineData("null", "models[0]")]
    public void A_bad_entry_is_one_error_with_its_path(string entry, string path) =>
        ErrorsOf($$"""{ "models": [{{entry}}] }""").ShouldHaveSingleItem().Path.ShouldBe(path);

    [Theory]
    [InlineData("", "")]
    [InlineData("[]", "")]
    [InlineData("""{ "models": [{ "id": "\ud800" }] }""", "models[0].id")]
    [InlineData("""{ "\ud800": 1, "models": [] }""", "")]
    [InlineData("""{ "models": [], "models": [] }""", "")]
    [InlineData("{}", "models")]
    [InlineData("""{ "models": {} }""", "models")]
    [InlineData("""{ "models": [], "updated": 2026 }""", "updated")]
    [InlineData("""{ "models": [], "prices": [] }""", "prices")]
    public void A_bad_document_is_one_error_with_its_path(string json, string path) =>
        ErrorsOf(json).ShouldHaveSingleItem().Path.ShouldBe(path);

    [Fact]
    public void Half_of_a_surrogate_pair_in_the_text_itself_is_an_error_of_the_document() =>
        ErrorsOf($"{{ \"models\": [], \"updated\": \"{'\ud800'}\" }}").ShouldHaveSingleItem().Path.ShouldBe("");

    [Fact]
    public void The_culture_of_the_thread_changes_neither_what_is_read_nor_what_is_said()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        other.NumberFormat.NumberDecimalSeparator = ",";
        other.DateTimeFormat.DateSeparator = ".";
        CultureInfo.CurrentCulture = other;
        try
        {
            ErrorsOf(
                    """{ "models": [{ "id": "a", "prices": [{ "from": "2026-10-01", "input": -0.5, "output": 1 }] }] }"""
                )
                .ShouldHaveSingleItem()
                .Message.ShouldEndWith("but is -0.5");
            CatalogRefresh refresh = ModelCatalog.Empty.Refresh(
                [
                    new ModelListing
                    {
                        Id = "a",
                        Pricing = new Dictionary<string, string>(StringComparer.Ordinal)
                        {
                            ["prompt"] = "0.5",
                            ["completion"] = "1",
                        },
                    },
                ],
                new DateOnly(2026, 12, 1)
            );
            refresh.Catalog.Models[0].Prices[0].Input.ShouldBe(500_000m);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Every_error_of_a_document_is_listed_at_once()
    {
        CatalogFormatException exception = Should.Throw<CatalogFormatException>(() =>
            ModelCatalog.Parse(
                """
                {
                  "models": [
                    { "id": "a", "prices": [{ "input": -1, "output": -2 }, { "from": "soon", "input": 1, "output": 1 }] },
                    { "id": "b", "prices": [{ "input": 1, "output": 1 }, { "input": -3, "output": 1 }] },
                    { "contextWindow": 5 }
                  ]
                }
                """
            )
        );
        exception
            .Errors.Select(error => error.Path)
            .ShouldBe(
                [
                    "models[0].prices[1].from",
                    "models[0].prices[0].input",
                    "models[0].prices[0].output",
                    "models[1].prices[1].input",
                    "models[1].prices[1].from",
                    "models[2].id",
                ],
                ignoreOrder: true
            );
        exception.Message.ShouldStartWith("The model catalogue has 6 errors.");
        exception.Errors.ShouldAllBe(error => exception.Message.Contains(error.ToString()));
    }

    [Fact]
    public void Damaged_data_is_either_read_or_refused_with_its_errors()
    {
        using Stream stream = typeof(ModelCatalog).Assembly.GetManifestResourceStream("GroqKit.Catalog.models.json")!;
        using StreamReader reader = new(stream);
        string json = reader.ReadToEnd();
        const string Signs = "\"\\{}[]:,-0e.nu \ud800";
        Gen<string> damaged =
            from at in Gen.Choose(0, json.Length - 10)
            from removed in Gen.Choose(0, 9)
            from sign in Gen.Choose(0, Signs.Length - 1)
            select string.Concat(json.AsSpan(0, at), Signs.AsSpan(sign, 1), json.AsSpan(at + removed));
        Prop.ForAll(damaged.ToArbitrary(), IsReadOrRefused).QuickCheckThrowOnFailure();

        static bool IsReadOrRefused(string json)
        {
            try
            {
                return ModelCatalog.Parse(json).Models.Count > 0;
            }
            catch (CatalogFormatException refused)
            {
                return refused.Errors.Count > 0;
            }
        }
    }

    private static IReadOnlyList<CatalogError> ErrorsOf(string json) =>
        Should.Throw<CatalogFormatException>(() => ModelCatalog.Parse(json)).Errors;
}
