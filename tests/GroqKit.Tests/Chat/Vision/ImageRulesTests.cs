using GroqKit.Chat;

namespace GroqKit.Tests.Chat;

[Requirement("CL-11", "CL-22")]
public sealed class ImageRulesTests
{
    private const string Vision = "qwen/qwen3.8-27b";
    private const string Url = "https://example.com/a.png";

    private static readonly Dictionary<string, ChatRequest> Broken = new()
    {
        ["messages[0].content[4]"] = Ask("what?", Image(Url), Image(Url), Image(Url), Image(Url)),
        ["messages[2].content[1]"] = Ask() with
        {
            Messages = [ChatMessage.User(Image(Url), Image(Url)), "and?", ChatMessage.User(Image(Url), Image(Url))],
        },
        ["messages[0].content[1].image_url.url: pixels"] = Ask(
            "what?",
            ContentPart.FromImage(Images.PngOf(33_177_601, 1))
        ),
        ["messages[0].content[1].image_url.url: one inline"] = Ask("what?", Inline(3 * 1024 * 1024 + 1)),
        ["messages[0].content[2].image_url.url: two inline"] = Ask("what?", Inline(1_572_864), Inline(1_572_865)),
        ["messages[0].content[1].image_url.url: bytes"] = Ask("what?", Inline(1001)) with
        {
            ImageLimits = new ImageLimits { MaxImageBytes = 1000 },
        },
        ["messages[0].content[1].image_url.url: jpeg"] = Ask(
            "what?",
            ContentPart.FromImage(Images.JpegWithMetadata(3))
        ) with
        {
            ImageLimits = new ImageLimits { MaxPixels = 14 },
        },
    };

    public static TheoryData<string> Names() => [.. Broken.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_image_beyond_a_limit_is_named_and_not_sent(string name)
    {
        var handler = new ScriptedHandler();
        using GroqClient client = Clients.For(handler);

        var error = await Should.ThrowAsync<GroqValidationException>(() => client.Chat.CreateAsync(Broken[name]));

        error.Parameter.ShouldBe(name.Split(": ")[0]);
        error.Status.ShouldBeNull();
        handler.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task Images_within_the_limits_go_out_as_they_are()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, "{}");
        using GroqClient client = Clients.For(server);

        await client.Chat.CreateAsync(
            Ask("what?", ContentPart.FromImage(Images.Gif, ImageDetail.Low), Image(Url), Inline(3 * 1024 * 1024 - 1000))
        );

        server
            .Requests.Single()
            .Body.ShouldContain(
                $$"""{"type":"image_url","image_url":{"url":"data:image/gif;base64,{{Convert.ToBase64String(Images.Gif)}}","detail":"low"}"""
            );
    }

    [Theory]
    [InlineData("some/new-model")]
    [InlineData("openai/gpt-oss-120b")]
    public async Task Images_are_not_counted_for_a_model_without_a_known_number(string model)
    {
        var handler = new ScriptedHandler().Next(200, "{}");
        using GroqClient client = Clients.For(handler);
        ContentPart[] many = [.. Enumerable.Repeat(Image(Url), 9)];

        await client.Chat.CreateAsync(new ChatRequest { Model = model, Messages = [ChatMessage.User(many)] });

        handler.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task A_request_may_carry_other_limits_or_none_and_does_not_send_them()
    {
        await using StubServer server = await StubServer.StartAsync();
        using GroqClient client = Clients.For(server);

        foreach (ChatRequest request in Broken.Values)
        {
            server.Next(200, "{}");
            await client.Chat.CreateAsync(request with { ImageLimits = ImageLimits.None });
        }

        server.Requests.Count.ShouldBe(Broken.Count);
        server.Requests.ShouldAllBe(request => !request.Body.Contains("limits", StringComparison.OrdinalIgnoreCase));
    }

    private static ContentPart Image(string url) => ContentPart.FromImageUrl(url);

    private static ContentPart Inline(int bytes) =>
        ContentPart.FromImage([.. Images.Png, .. new byte[bytes - Images.Png.Length]]);

    private static ChatRequest Ask(params ContentPart[] parts) =>
        new() { Model = Vision, Messages = [ChatMessage.User(parts)] };
}
