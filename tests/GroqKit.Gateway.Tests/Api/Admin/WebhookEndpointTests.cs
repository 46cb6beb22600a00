using System.Net;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Services.Webhooks;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GroqKit.Gateway.Tests.Api.Admin;

[Requirement("GW-10", "GW-12")]
public sealed class WebhookEndpointTests
{
    [Fact]
    public async Task What_is_copied_from_an_answer_by_hand_is_written_as_it_is()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));

        using HttpResponseMessage made = await gateway.PostJsonAsync(
            "/api/agents",
            """{"name":"bot","description":"a+b's <c> ä"}"""
        );

        (await made.TextAsync()).ShouldContain("\"a+b's <c> ä\"");
        made.Header("x-content-type-options").ShouldBe("nosniff");
    }

    [Fact]
    public async Task A_webhook_gets_signed_messages_and_its_log_tells_how_it_went()
    {
        await using LoopbackServer receiver = await ScriptedProvider.StartAsync(
            Answer.InTurn(Answer.Text("text/plain", "ok"), Answer.Text("text/plain", "no", 500))
        );
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        AdminAnswer made = await AddAsync(gateway, receiver.Address);
        WebhookSecret secret = WebhookSecret.Parse(made.Text("secret"));
        string path = $"/api/webhooks/{made.Text("id")}";

        AdminAnswer test = await gateway.PostAsync($"{path}/test", "");
        test.Status.ShouldBe(HttpStatusCode.OK, test.Body.ToString());
        RecordedRequest message = await receiver.NextRequestAsync(TestContext.Current.CancellationToken);

        WebhookSignature
            .Check(
                [secret],
                message.Headers[WebhookHeaders.Id],
                message.Headers[WebhookHeaders.Timestamp],
                message.Headers[WebhookHeaders.Signature],
                message.Body.Span,
                TimeProvider.System.GetUtcNow()
            )
            .ShouldBe(SignatureVerdict.Valid);
        ((string?)JsonNode.Parse(message.Text)!["type"]).ShouldBe("webhook.test");
        string delivery = $"{path}/deliveries/{test.Text("id")}";
        JsonNode log = await gateway.UntilAsync(delivery, answer => (string?)answer["state"] == "delivered");
        ((int?)log["log"]![0]!["status"]).ShouldBe(200);
        ((string?)log["body"]!["type"]).ShouldBe("webhook.test");

        await gateway.PostAsync($"{delivery}/redeliver", "");
        RecordedRequest again = await receiver.NextRequestAsync(TestContext.Current.CancellationToken);
        again.Headers[WebhookHeaders.Id].ShouldBe(message.Headers[WebhookHeaders.Id]);
        again.Text.ShouldBe(message.Text);
        log = await gateway.UntilAsync(delivery, answer => answer["log"]!.AsArray().Count == 2);
        ((int?)log["log"]![1]!["status"]).ShouldBe(500);
        (await gateway.GetAsync($"{path}/deliveries")).Items("id").ShouldBe([test.Text("id")]);
        (await gateway.GetAsync("/api/audit")).Items("action").ShouldContain("webhooks.redeliver");
    }

    [Fact]
    public async Task The_secret_is_shown_once_and_stored_unreadable()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        AdminAnswer made = await AddAsync(gateway, new Uri("https://hooks.example.com/"));
        string path = $"/api/webhooks/{made.Text("id")}";
        AdminAnswer rotated = await gateway.PostAsync($"{path}/rotate", """{"overlapSeconds":60}""");

        rotated.Text("secret").ShouldNotBe(made.Text("secret"));
        string stored = await File.ReadAllTextAsync(
            gateway.Services.GetRequiredService<IDatabase>().Location,
            System.Text.Encoding.Latin1,
            TestContext.Current.CancellationToken
        );
        foreach (AdminAnswer secret in (AdminAnswer[])[made, rotated])
        {
            foreach (string place in (string[])[path, "/api/webhooks", "/api/audit"])
                (await gateway.GetAsync(place)).Body.ToJsonString().ShouldNotContain(secret.Text("secret"));
            stored.ShouldNotContain(secret.Text("secret"));
        }
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using LoopbackServer inner = await ScriptedProvider.StartAsync(Answer.Json("{}"));
        await using LoopbackServer receiver = await ScriptedProvider.StartAsync(context =>
        {
            context.Response.Redirect(inner.Address.ToString());
            return Task.CompletedTask;
        });
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        AdminAnswer made = await AddAsync(gateway, receiver.Address);
        string path = $"/api/webhooks/{made.Text("id")}";

        AdminAnswer test = await gateway.PostAsync($"{path}/test", "");
        JsonNode log = await gateway.UntilAsync(
            $"{path}/deliveries/{test.Text("id")}",
            answer => answer["log"]!.AsArray().Count == 1
        );

        ((string?)log["log"]![0]!["error"]).ShouldBe("It answered with status 302; redirects are not followed.");
        inner.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_webhook_is_changed_disabled_enabled_and_removed()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        AdminAnswer made = await AddAsync(gateway, new Uri("https://hooks.example.com/a"));
        string path = $"/api/webhooks/{made.Text("id")}";

        AdminAnswer changed = await gateway.AdminAsync(
            HttpMethod.Patch,
            path,
            """{"url":"https://hooks.example.com/b","events":["provider.down"],"enabled":false}""",
            ifMatch: made.ETag
        );
        changed.Text("url").ShouldBe("https://hooks.example.com/b");
        changed["events"]!.AsArray().Count.ShouldBe(1);
        changed["enabled"]!.GetValue<bool>().ShouldBeFalse();
        changed.Text("disabledReason").ShouldBe("disabled by hand");
        AdminAnswer stale = await gateway.AdminAsync(HttpMethod.Patch, path, "{}", ifMatch: made.ETag);
        stale.Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        AdminAnswer back = await gateway.AdminAsync(HttpMethod.Patch, path, """{"enabled":true}""");
        back["enabled"]!.GetValue<bool>().ShouldBeTrue();

        (await gateway.DeleteAsync(path)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await gateway.GetAsync(path)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{}""", "url")]
    [InlineData("""{"url":"http://hooks.example.com/"}""", "url")]
    [InlineData("""{"url":"https://10.0.0.1/"}""", "url")]
    [InlineData("""{"url":"https://169.254.169.254/latest/"}""", "url")]
    [InlineData("""{"url":"https://user:pw@hooks.example.com/"}""", "url")]
    [InlineData("""{"url":"https://hooks.example.com:22/"}""", "url")]
    [InlineData("""{"url":"https://hooks.example.com/","events":["provider.sleepy"]}""", "events[0]")]
    [InlineData("""{"url":"https://hooks.example.com/","enabled":"yes"}""", "enabled")]
    [InlineData("""{"url":"https://hooks.example.com/","secret":"whsec_x"}""", "secret")]
    public async Task A_wrong_webhook_is_refused_with_the_fields_name(string body, string field)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));

        AdminAnswer answer = await gateway.PostAsync("/api/webhooks", body);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)answer.Error["param"]).ShouldBe(field);
        (await gateway.GetAsync("/api/webhooks")).Items("id").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_job_that_ended_is_shown_and_repeated()
    {
        await using LoopbackServer receiver = await ScriptedProvider.StartAsync(Answer.Json("{}"));
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        AdminAnswer made = await AddAsync(gateway, receiver.Address);
        await gateway.PostAsync($"/api/webhooks/{made.Text("id")}/test", "");
        JsonNode done = await gateway.UntilAsync(
            "/api/jobs?state=done&kind=webhook.deliver",
            list => list["items"]!.AsArray().Count == 1
        );
        string id = (string)done["items"]![0]!["id"]!;

        AdminAnswer repeated = await gateway.PostAsync($"/api/jobs/{id}/repeat", "");

        repeated.Status.ShouldBe(HttpStatusCode.OK, repeated.Body.ToString());
        await receiver.NextRequestAsync(TestContext.Current.CancellationToken);
        await receiver.NextRequestAsync(TestContext.Current.CancellationToken);
        JsonNode again = await gateway.UntilAsync($"/api/jobs/{id}", job => (string?)job["state"] == "done");
        ((int?)again["attempts"]).ShouldBe(1);
        (await gateway.GetAsync("/api/audit")).Items("action").ShouldContain("jobs.repeat");
        (await gateway.GetAsync("/api/jobs?state=sleeping")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await gateway.PostAsync("/api/jobs/nobody/repeat", "")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<AdminAnswer> AddAsync(RunningGateway gateway, Uri url)
    {
        AdminAnswer made = await gateway.PostAsync("/api/webhooks", $$"""{"url":"{{url}}"}""");
        made.Status.ShouldBe(HttpStatusCode.Created, made.Body.ToString());
        return made;
    }
}
