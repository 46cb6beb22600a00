using GroqKit.Catalog;
using GroqKit.Models;

namespace GroqKit.Tests.Models;

[Requirement("CL-16")]
public sealed class ModelsClientTests
{
    private const string Entry = """
        {"id":"openai/gpt-oss-20b","object":"model","created":1754407957,"owned_by":"OpenAI","active":true,"context_window":131072,
        "public_apps":null,"max_completion_tokens":65536,"name":"GPT OSS 20B","input_modalities":["text"],"output_modalities":["text"],
        "supported_features":["tools","reasoning"],"pricing":{"prompt":"0.000000075","completion":"0.0000003","image":"n/a","request":0.5},
        "new_field":{"a":1}}
        """;

    [Fact]
    public async Task A_list_holds_every_member_and_loses_none()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(
            200,
            $$"""{"object":"list","data":[{{Entry}},{"id":"m","object":"model","created":1,"owned_by":"x"}]}"""
        );
        using GroqClient client = Clients.For(server);

        ModelList list = await client.Models.ListAsync(cancellationToken: TestContext.Current.CancellationToken);

        server.Requests.Single().Target.ShouldBe("/openai/v1/models");
        ModelInfo model = list.Data[0];
        model.Id.ShouldBe("openai/gpt-oss-20b");
        model.OwnedBy.ShouldBe("OpenAI");
        model.Active.ShouldBe(true);
        model.ContextWindow.ShouldBe(131072);
        model.MaxCompletionTokens.ShouldBe(65536);
        model.Name.ShouldBe("GPT OSS 20B");
        model.SupportedFeatures.ShouldBe(["tools", "reasoning"]);
        model.Pricing!.Prompt.ShouldBe(0.000000075m);
        model.Pricing.Completion.ShouldBe(0.0000003m);
        model.Pricing.Image.ShouldBeNull();
        model.Pricing.Request.ShouldBe(0.5m);
        model.Pricing.InputCacheRead.ShouldBeNull();
        model.AdditionalProperties!["new_field"].GetProperty("a").GetInt32().ShouldBe(1);
        list.Data[1].Pricing.ShouldBeNull();
    }

    [Fact]
    public async Task A_catalogue_is_brought_up_to_date_with_what_the_key_sees_today()
    {
        var time = new ManualTimeProvider();
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        await using StubServer server = await StubServer.StartAsync();
        server.Next(
            200,
            """
            {"object":"list","data":[
            {"id":"maker/new","object":"model","created":1790000000,"owned_by":"Maker","context_window":1000,"max_completion_tokens":100,
            "input_modalities":["text","image"],"output_modalities":["text"],"supported_features":["tools"],
            "pricing":{"prompt":"0.000001","completion":"0.000002","input_cache_read":"0.0000005"}},
            {"id":"maker/odd","object":"model","created":9223372036854775807,"owned_by":"Maker","pricing":{"request":"0.5"}}]}
            """
        );
        using GroqClient client = Clients.For(server, options => options.TimeProvider = time);

        CatalogRefresh refresh = await client.Models.RefreshCatalogAsync(ModelCatalog.Empty);

        refresh.Added.ShouldBe(["maker/new", "maker/odd"]);
        CatalogModel model = refresh.Catalog.Find("maker/new")!;
        model.Owner.ShouldBe("Maker");
        model.Created.ShouldBe(DateTimeOffset.FromUnixTimeSeconds(1790000000));
        (model.ContextWindow, model.MaxOutput).ShouldBe((1000, 100));
        model.Supports(ModelCapability.Vision).ShouldBe(true);
        model.Supports(ModelCapability.Tools).ShouldBe(true);
        ModelPrice price = refresh.Catalog.PriceAt("maker/new", today)!;
        (price.From, price.Input, price.CachedInput, price.Output).ShouldBe((today, 1m, 0.5m, 2m));
        refresh.Catalog.Find("maker/odd")!.Created.ShouldBeNull();
        refresh.Problems.Select(problem => problem.Path).ShouldBe(["pricing.request"]);
    }

    [Fact]
    public async Task The_built_in_catalogue_is_what_a_refresh_begins_with()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, $$"""{"object":"list","data":[{{Entry}}]}""");
        using GroqClient client = Clients.For(server);

        CatalogRefresh refresh = await client.Models.RefreshCatalogAsync();

        refresh.Added.ShouldBeEmpty();
        refresh.Catalog.Models.Count.ShouldBe(ModelCatalog.Default.Models.Count);
        refresh.Catalog.Find("openai/gpt-oss-20b")!.Listed.ShouldBe(true);
        refresh.Catalog.Find("whisper-large-v3")!.Listed.ShouldBe(false);
        ModelCatalog.Default.Find("openai/gpt-oss-20b")!.Listed.ShouldBeNull();
    }

    [Fact]
    public async Task An_id_with_a_slash_stays_one_segment()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, Entry, ("x-groq-region", "fra"), ("x-request-id", "req_9"));
        using GroqClient client = Clients.For(server);

        ModelInfo model = await client.Models.GetAsync(
            "openai/gpt-oss-20b",
            cancellationToken: TestContext.Current.CancellationToken
        );

        server.Requests.Single().Target.ShouldBe("/openai/v1/models/openai%2Fgpt-oss-20b");
        model.Metadata.Region.ShouldBe("fra");
        model.Metadata.RequestId.ShouldBe("req_9");
    }

    [Theory]
    [Requirement("CL-22")]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a b")]
    [InlineData("a\r\nb")]
    public async Task A_malformed_id_is_refused_unsent(string id)
    {
        var handler = new ScriptedHandler();
        using GroqClient client = Clients.For(handler);

        (await Should.ThrowAsync<GroqValidationException>(() => client.Models.GetAsync(id))).Parameter.ShouldBe(
            "model"
        );
        handler.Calls.ShouldBe(0);
    }
}
