using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;

namespace GroqKit.Gateway.Tests.Api.OpenAi;

[Requirement("GW-18")]
public sealed class BodyLimitTests
{
    private const int TextLimit = 4_000_000;
    private const int ImageLimit = 33_000_000;

    [Theory]
    [InlineData(TextLimit + 1, false)]
    [InlineData(TextLimit + 1, true)]
    [InlineData(10_000_000, false)]
    [InlineData(10_000_000, true)]
    [InlineData(ImageLimit + 1, false)]
    [InlineData(ImageLimit + 1, true)]
    public async Task Text_beyond_the_limit_is_refused_by_the_limits_name(int length, bool chunked)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));

        using HttpResponseMessage answer = await gateway.ChatAsync(Body(Text(length), chunked));

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        JsonObject error = await answer.ErrorAsync();
        error["code"]!.GetValue<string>().ShouldBe("request_too_large");
        error["message"]!.GetValue<string>().ShouldContain("limit for JSON");
        gateway.Provider.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Text_at_the_limit_passes_unchanged(bool chunked)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        string body = Text(TextLimit);

        using HttpResponseMessage answer = await gateway.ChatAsync(Body(body, chunked));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        (gateway.Provider.Requests.Single().Text == body).ShouldBeTrue();
    }

    [Fact]
    public async Task A_request_with_an_image_may_be_longer()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        string body = Image(10_000_000);

        using HttpResponseMessage answer = await gateway.ChatAsync(body);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        (gateway.Provider.Requests.Single().Text == body).ShouldBeTrue();
    }

    [Fact]
    public async Task An_image_beyond_its_limit_is_refused()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));

        using HttpResponseMessage answer = await gateway.ChatAsync(Body(Image(ImageLimit + 1), chunked: true));

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await answer.ErrorAsync())["message"]!.GetValue<string>().ShouldContain("images");
        gateway.Provider.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_text_that_only_names_images_gets_no_larger_limit()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        string body = Text(TextLimit + 100)
            .Replace("\"model\":\"m\"", "\"model\":\"m\",\"metadata\":{\"image_url\":\"\"}");

        using HttpResponseMessage answer = await gateway.ChatAsync(body);

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        gateway.Provider.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Limits_can_be_set()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Json(Chunks.Whole),
            "--GroqKit:Limits:JsonBytes=1000",
            "--GroqKit:Limits:JsonWithImagesBytes=2000"
        );

        (await StatusAsync(gateway, Text(1000))).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(gateway, Text(1001))).ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await StatusAsync(gateway, Image(2000))).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(gateway, Image(2001))).ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task An_encoded_body_is_refused_before_it_is_read()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        HttpContent body = Body(RunningGateway.Hello, chunked: false);
        body.Headers.ContentEncoding.Add("gzip");

        using HttpResponseMessage answer = await gateway.ChatAsync(body);

        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        ((string?)(await answer.ErrorAsync())["param"]).ShouldBe("content-encoding");
        gateway.Provider.Requests.ShouldBeEmpty();
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningGateway gateway, string body)
    {
        using HttpResponseMessage answer = await gateway.ChatAsync(body);
        return answer.StatusCode;
    }

    private static string Text(int length) =>
        Padded("""{"model":"m","messages":[{"role":"user","content":"\n""", "\"}]}", length);

    private static string Image(int length) =>
        Padded(
            """{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,""",
            "\"}}]}]}",
            length
        );

    private static string Padded(string start, string end, int length) =>
        start + new string('a', length - start.Length - end.Length) + end;

    private static ByteArrayContent Body(string text, bool chunked) =>
        chunked ? new ChunkedContent(Encoding.UTF8.GetBytes(text)) : new ByteArrayContent(Encoding.UTF8.GetBytes(text));

    private sealed class ChunkedContent(byte[] bytes) : ByteArrayContent(bytes)
    {
        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
