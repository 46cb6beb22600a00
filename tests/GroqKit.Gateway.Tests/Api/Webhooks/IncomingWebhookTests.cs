using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Services.Webhooks;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;

namespace GroqKit.Gateway.Tests.Api.Webhooks;

[Requirement("GW-10")]
public sealed class IncomingWebhookTests(TestDatabases databases)
{
    private const string Body = """{"type":"order.paid","data":{"id":7}}""";

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task A_signed_message_is_stored_and_handled_in_the_background()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        WebhookSecret secret = await AddSourceAsync(gateway);

        HttpStatusCode answer = await SendAsync(gateway, secret, "msg_1", TimeProvider.System.GetUtcNow());

        answer.ShouldBe(HttpStatusCode.Accepted);
        JsonNode job = await gateway.UntilAsync(
            "/api/jobs?kind=webhook.handle",
            list => list["items"]!.AsArray() is [{ } only] && (string?)only["state"] == "done"
        );
        ((string?)job["items"]![0]!["payload"]!["source"]).ShouldBe("shop");
        ((string?)job["items"]![0]!["payload"]!["message"]).ShouldBe("msg_1");
    }

    [Theory, EveryEngine]
    public async Task A_copy_is_refused_on_every_node_and_after_a_restart(Engine engine)
    {
        string[] settings =
        [
            $"--GROQKIT_DATABASE={await databases.CreateAsync(engine)}",
            $"--GROQKIT_MASTER_KEY={Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}",
        ];
        WebhookSecret secret;
        await using RunningGateway other = await StartAsync(settings);
        await using (RunningGateway first = await StartAsync(settings))
        {
            secret = await AddSourceAsync(first);
            (await SendAsync(first, secret, "msg_1", Now)).ShouldBe(HttpStatusCode.Accepted);
            (await SendAsync(first, secret, "msg_1", Now)).ShouldBe(HttpStatusCode.Conflict);
        }
        (await SendAsync(other, secret, "msg_1", Now)).ShouldBe(HttpStatusCode.Conflict);
        await using RunningGateway restarted = await StartAsync(settings);
        (await SendAsync(restarted, secret, "msg_1", Now)).ShouldBe(HttpStatusCode.Conflict);

        // Its sender sends it anew, signed for another moment: told that it is known, and not handled again.
        (await SendAsync(other, secret, "msg_1", Now.AddSeconds(5))).ShouldBe(HttpStatusCode.OK);
        (await SendAsync(other, secret, "msg_1", Now)).ShouldBe(HttpStatusCode.Conflict);
        (await other.GetAsync("/api/jobs?kind=webhook.handle")).Items("id").Length.ShouldBe(1);
        (await SendAsync(other, secret, "msg_2", Now)).ShouldBe(HttpStatusCode.Accepted);
    }

    [Theory]
    [InlineData(-300, HttpStatusCode.Accepted)]
    [InlineData(-301, HttpStatusCode.Unauthorized)]
    [InlineData(300, HttpStatusCode.Accepted)]
    [InlineData(301, HttpStatusCode.Unauthorized)]
    public async Task A_message_counts_for_300_seconds_both_ways(int seconds, HttpStatusCode expected)
    {
        await using RunningGateway gateway = await StartAsync();
        WebhookSecret secret = await AddSourceAsync(gateway);

        (await SendAsync(gateway, secret, "msg_1", Now.AddSeconds(seconds))).ShouldBe(expected);
    }

    [Fact]
    public async Task Whoever_cannot_sign_learns_nothing()
    {
        await using RunningGateway gateway = await StartAsync();
        await AddSourceAsync(gateway);
        var stranger = WebhookSecret.Create();

        foreach (string path in (string[])["/webhooks/default/shop", "/webhooks/default/none", "/webhooks/none/shop"])
        {
            using HttpResponseMessage answer = await PostAsync(gateway, stranger, "msg_1", Now, path);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, path);
            (await answer.TextAsync()).ShouldContain("webhook_signature_invalid");
        }
        using var bare = new HttpRequestMessage(HttpMethod.Post, "/webhooks/default/shop")
        {
            Content = new StringContent(Body),
        };
        using HttpResponseMessage missing = await gateway.Client.SendAsync(bare, TestContext.Current.CancellationToken);
        missing.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await gateway.GetAsync("/api/jobs")).Items("id").ShouldBeEmpty();
    }

    [Fact]
    public async Task One_flipped_bit_of_the_body_is_refused()
    {
        await using RunningGateway gateway = await StartAsync();
        WebhookSecret secret = await AddSourceAsync(gateway);
        byte[] body = Encoding.UTF8.GetBytes(Body);
        string signature = WebhookSignature.Create([secret], "msg_1", Now.ToUnixTimeSeconds(), body);

        foreach (int bit in (int[])[0, 77, body.Length * 8 - 1])
        {
            byte[] flipped = [.. body];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            using HttpResponseMessage answer = await PostAsync(gateway, "msg_1", Now, signature, flipped);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }
        using HttpResponseMessage whole = await PostAsync(gateway, "msg_1", Now, signature, body);
        whole.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task A_source_can_bring_its_own_secret_and_change_over_to_a_new_one()
    {
        await using RunningGateway gateway = await StartAsync();
        var own = WebhookSecret.Create();
        AdminAnswer made = await gateway.PostAsync(
            "/api/webhook-sources",
            $$"""{"name":"shop","handler":"record","secret":"{{own.Reveal()}}"}"""
        );
        made.Status.ShouldBe(HttpStatusCode.Created, made.Body.ToString());
        (await SendAsync(gateway, own, "msg_1", Now)).ShouldBe(HttpStatusCode.Accepted);

        AdminAnswer rotated = await gateway.PostAsync("/api/webhook-sources/shop/rotate", """{"overlapSeconds":60}""");
        WebhookSecret next = WebhookSecret.Parse(rotated.Text("secret"));

        (await SendAsync(gateway, own, "msg_2", Now)).ShouldBe(HttpStatusCode.Accepted);
        (await SendAsync(gateway, next, "msg_3", Now)).ShouldBe(HttpStatusCode.Accepted);
        _time.Advance(TimeSpan.FromSeconds(60));
        (await SendAsync(gateway, own, "msg_4", Now)).ShouldBe(HttpStatusCode.Unauthorized);
        (await SendAsync(gateway, next, "msg_5", Now)).ShouldBe(HttpStatusCode.Accepted);
        (await gateway.GetAsync("/api/webhook-sources/shop"))["secret"].ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"handler":"record"}""", "name")]
    [InlineData("""{"name":"a b","handler":"record"}""", "name")]
    [InlineData("""{"name":"shop"}""", "handler")]
    [InlineData("""{"name":"shop","handler":"sing"}""", "handler")]
    [InlineData("""{"name":"shop","handler":"record","secret":"hunter2"}""", "secret")]
    [InlineData("""{"name":"shop","handler":"record","sekret":"x"}""", "sekret")]
    public async Task A_wrong_source_is_refused_with_the_fields_name(string body, string field)
    {
        await using RunningGateway gateway = await StartAsync();

        AdminAnswer answer = await gateway.PostAsync("/api/webhook-sources", body);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)answer.Error["param"]).ShouldBe(field);
        answer.Body.ToJsonString().ShouldNotContain("hunter2");
    }

    private DateTimeOffset Now => _time.GetUtcNow();

    private Task<RunningGateway> StartAsync(params string[] settings) =>
        RunningGateway.StartAsync(Answer.Json(Chunks.Whole), _time, settings);

    private static async Task<WebhookSecret> AddSourceAsync(RunningGateway gateway)
    {
        AdminAnswer made = await gateway.PostAsync("/api/webhook-sources", """{"name":"shop","handler":"record"}""");
        made.Status.ShouldBe(HttpStatusCode.Created, made.Body.ToString());
        made.Text("path").ShouldBe("/webhooks/default/shop");
        return WebhookSecret.Parse(made.Text("secret"));
    }

    private static async Task<HttpStatusCode> SendAsync(
        RunningGateway gateway,
        WebhookSecret secret,
        string id,
        DateTimeOffset at
    )
    {
        using HttpResponseMessage answer = await PostAsync(gateway, secret, id, at, "/webhooks/default/shop");
        return answer.StatusCode;
    }

    private static Task<HttpResponseMessage> PostAsync(
        RunningGateway gateway,
        WebhookSecret secret,
        string id,
        DateTimeOffset at,
        string path
    )
    {
        byte[] body = Encoding.UTF8.GetBytes(Body);
        string signature = WebhookSignature.Create([secret], id, at.ToUnixTimeSeconds(), body);
        return PostAsync(gateway, id, at, signature, body, path);
    }

    private static async Task<HttpResponseMessage> PostAsync(
        RunningGateway gateway,
        string id,
        DateTimeOffset at,
        string signature,
        byte[] body,
        string path = "/webhooks/default/shop"
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Headers.Add(WebhookHeaders.Id, id);
        request.Headers.Add(WebhookHeaders.Timestamp, at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookHeaders.Signature, signature);
        using var client = new HttpClient { BaseAddress = gateway.Address };
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
