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
