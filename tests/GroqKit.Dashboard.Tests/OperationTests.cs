using System.Net;
using System.Text.Json.Nodes;
using GroqKit.Dashboard.Tests.Running;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace GroqKit.Dashboard.Tests;

/// <summary>What operators do on pages: providers, keys, usage, webhooks, jobs.</summary>
[Requirement("UI-03", "UI-04")]
public sealed class OperationTests(Chromium chromium, OperationTests.Stand stand) : IClassFixture<OperationTests.Stand>
{
    /// <summary>One of its own: the models of more providers would stand among those that other tests choose from.</summary>
    public sealed class Stand : DashboardStand;

    [Fact]
    public async Task A_provider_is_switched_off_and_on_and_gets_a_share()
    {
        await using WebApplication other = await StartProviderAsync();
        await AddProviderAsync("shared-out", other);
        await using Visitor visitor = await EnterAsync("/providers/shared-out");
        await visitor.SendAsync("Switch off");
        await Assertions.Expect(visitor.Page.Locator("[data-state=off]")).ToBeVisibleAsync();
        await visitor.SendAsync("Switch on");
        await Assertions.Expect(visitor.Page.Locator("[data-state=up]")).ToBeVisibleAsync();
        await visitor.Page.GetByLabel("Percent").FillAsync("25");
        await visitor.SendAsync("Set the share");
        await Assertions.Expect(visitor.Page.GetByLabel("Percent")).ToHaveValueAsync("25");
        ((int)(await stand.SendAsync(HttpMethod.Get, "/api/providers/shared-out/share"))["percent"]!).ShouldBe(25);
        await visitor.Page.GetByLabel("Percent").FillAsync("101");
        await visitor.SendAsync("Set the share");
        await Assertions.Expect(visitor.Page.GetByLabel("Percent")).ToHaveAttributeAsync("aria-invalid", "true");
        await visitor.SendAsync("Try it");
        await Assertions.Expect(visitor.Page.Locator("p.good")).ToContainTextAsync("It answers");
    }

    [Fact]
    public async Task Agents_are_moved_after_a_look_at_what_changes()
    {
        await using WebApplication other = await StartProviderAsync();
        await AddProviderAsync("old-one", other);
        await stand.SendAsync(
            HttpMethod.Post,
            "/api/agents",
            """{"name":"mover","llm":{"provider":"old-one","model":"openai/gpt-oss-20b"}}"""
        );
        await using Visitor visitor = await EnterAsync("/providers/old-one");
        await visitor.Page.Locator("[name='text:to']").First.SelectOptionAsync("simulator");
        await visitor.SendAsync("Show what would change");
        await Assertions.Expect(visitor.Page.Locator("#moved")).ToContainTextAsync("mover");
        ((string)(await stand.SendAsync(HttpMethod.Get, "/api/agents/mover"))["llm"]!["provider"]!).ShouldBe("old-one");

        await visitor.SendAsync("Move them");
        await Assertions.Expect(visitor.Page.GetByText("Changed", new() { Exact = true })).ToBeVisibleAsync();
        ((string)(await stand.SendAsync(HttpMethod.Get, "/api/agents/mover"))["llm"]!["provider"]!).ShouldBe(
            "simulator"
        );
    }

    [Fact]
    public async Task A_key_is_made_shown_once_rotated_and_revoked()
    {
        await using Visitor visitor = await EnterAsync("/keys");
        await visitor.Page.GetByLabel("Name").FillAsync("robot");
        await visitor.Page.GetByLabel("Requests a minute").FillAsync("5");
        await visitor.SendAsync("Make a key");
        string key = await visitor.Page.Locator(".good code").InnerTextAsync();
        await stand.SendAsync(HttpMethod.Get, "/v1/models", key: key);
        await visitor.GoAsync("/keys");
        (await visitor.Page.ContentAsync()).ShouldNotContain(key);

        await visitor.FollowAsync("robot");
        await visitor.SendAsync("Rotate");
        string next = await visitor.Page.Locator(".good code").InnerTextAsync();
        next.ShouldNotBe(key);
        await stand.SendAsync(HttpMethod.Get, "/v1/models", key: next);
        await visitor.SendAsync("Revoke");
        await Assertions.Expect(visitor.Page.Locator("tr", new() { HasText = "robot" })).ToContainTextAsync("revoked");
    }

    [Fact]
    public async Task Calls_are_filtered_paged_by_key_shown_alone_and_downloaded()
    {
        await stand.SendAsync(
            HttpMethod.Post,
            "/api/agents",
            """{"name":"counted","llm":{"provider":"simulator","model":"openai/gpt-oss-20b"}}"""
        );
        for (int i = 0; i < 52; i++)
            await stand.ChatAsync("agent/counted");
        await using Visitor visitor = await EnterAsync("/usage?agent=counted");
        ILocator requests = visitor.Page.Locator(".figure dd").First;
        using var safety = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        safety.CancelAfter(TimeSpan.FromMilliseconds(Chromium.Patience));
        for (; await requests.InnerTextAsync() != "52"; await visitor.GoAsync("/usage?agent=counted"))
            safety.IsCancellationRequested.ShouldBeFalse(await requests.InnerTextAsync());
        await Assertions.Expect(visitor.Page.Locator("#calls tbody tr")).ToHaveCountAsync(50);
        await visitor.FollowAsync("Next");
        await Assertions.Expect(visitor.Page.Locator("#calls tbody tr")).ToHaveCountAsync(2);
        await visitor.LeaveByAsync(visitor.Page.Locator("#calls tbody a").First);
        await Assertions.Expect(visitor.Page.GetByText("Who was asked")).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Page.Locator(".fall")).ToHaveCountAsync(3);
        await visitor.GoAsync("/usage?agent=counted");
        IDownload csv = await visitor.Page.RunAndWaitForDownloadAsync(() =>
            visitor.Page.GetByRole(AriaRole.Link, new() { Name = "CSV" }).ClickAsync()
        );
        string[] lines = await File.ReadAllLinesAsync(await csv.PathAsync());
        lines[0].ShouldStartWith("requestId,startedAt,agent");
        lines.Length.ShouldBe(53);
        visitor.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_webhook_is_made_tested_and_its_message_sent_again()
    {
        await using WebApplication receiver = await StartProviderAsync();
        await using Visitor visitor = await EnterAsync("/webhooks");
        await visitor.Page.GetByLabel("Address").FillAsync(receiver.Urls.First() + "/hook");
        await visitor.LeaveByAsync(visitor.Page.Locator("#create").GetByRole(AriaRole.Button));
        (await visitor.Page.Locator(".good code").InnerTextAsync()).ShouldNotBeEmpty();
        await visitor.FollowAsync(receiver.Urls.First());
        await visitor.SendAsync("Send a test");
        await Assertions
            .Expect(visitor.Page.Locator("#deliveries"))
            .ToContainTextAsync("delivered", new() { IgnoreCase = true });
        await visitor.SendAsync("Send again");
        await visitor.LeaveByAsync(visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Details" }).First);
        await Assertions.Expect(visitor.Page.GetByText("webhook.test").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_source_of_messages_is_made_given_a_new_secret_and_removed()
    {
        await using Visitor visitor = await EnterAsync("/webhooks");
        await visitor.Page.Locator("#source").GetByLabel("Name").FillAsync("sender");
        await visitor.SendAsync("Add the source");
        string secret = await visitor.Page.Locator(".good code").InnerTextAsync();
        await visitor.GoAsync("/webhooks");
        (await visitor.Page.ContentAsync()).ShouldNotContain(secret);
        ILocator row = visitor.Page.Locator("#sources tr", new() { HasText = "sender" });
        await Assertions.Expect(row).ToContainTextAsync("/webhooks/default/sender");

        await visitor.LeaveByAsync(row.GetByRole(AriaRole.Button, new() { Name = "New secret" }));
        (await visitor.Page.Locator(".good code").InnerTextAsync()).ShouldNotBe(secret);
        await visitor.LeaveByAsync(row.GetByRole(AriaRole.Button, new() { Name = "Delete" }));
        await Assertions.Expect(row).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Tasks_are_run_and_changes_are_in_the_log()
    {
        await using Visitor visitor = await EnterAsync("/jobs");
        await visitor.LeaveByAsync(
            visitor
                .Page.Locator("#sync tr", new() { HasText = "health" })
                .GetByRole(AriaRole.Button, new() { Name = "Run now" })
        );
        await Assertions
            .Expect(visitor.Page.Locator("#sync tr", new() { HasText = "health" }))
            .ToContainTextAsync("providers");
        await stand.SendAsync(HttpMethod.Post, "/api/agents", """{"name":"logged"}""");
        await visitor.GoAsync("/audit");
        await Assertions.Expect(visitor.Page.Locator("#audit")).ToContainTextAsync("agents/logged");
        await visitor.GoAsync("/settings");
        string settings = await visitor.Page.Locator("#settings").InnerTextAsync();
        settings.ShouldContain("GROQKIT_ADMIN_KEY");
        settings.ShouldNotContain(DashboardStand.AdminKey);
    }

    // Lists one model, and takes webhooks.
    private static async Task<WebApplication> StartProviderAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication provider = builder.Build();
        provider.MapGet(
            "/v1/models",
            () => Results.Json(new { data = new[] { new { id = "openai/gpt-oss-20b", @object = "model" } } })
        );
        provider.MapPost("/hook", () => Results.NoContent());
        await provider.StartAsync();
        return provider;
    }

    private Task<JsonNode> AddProviderAsync(string name, WebApplication provider) =>
        stand.SendAsync(
            HttpMethod.Post,
            "/api/providers",
            $$"""{"name":"{{name}}","kind":"openai","baseUrl":"{{provider.Urls.First()}}","apiKey":"sk-of-a-test"}"""
        );

    private async Task<Visitor> EnterAsync(string path)
    {
        Visitor visitor = await Visitor.ComeAsync(chromium, stand.Address);
        await visitor.SignInAsync(DashboardStand.AdminKey);
        await visitor.GoAsync(path);
        return visitor;
    }
}
