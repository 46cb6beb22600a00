using GroqKit.Dashboard.Tests.Running;
using GroqKit.TestKit.Servers;
using Microsoft.Playwright;

namespace GroqKit.Dashboard.Tests;

[Requirement("UI-01", "UI-03", "UI-04")]
public sealed class PostgresTests(Chromium chromium, PostgresStand stand) : IClassFixture<PostgresStand>
{
    [Fact]
    public async Task Every_page_shows_what_is_there_and_does_what_it_says()
    {
        Assert.SkipWhen(PostgresServer.Installed is null, "PostgreSQL is not installed (Debian: postgresql).");
        await Scenery.BuildAsync(stand);
        await using Visitor visitor = await Visitor.ComeAsync(chromium, stand.Address);
        await visitor.SignInAsync(DashboardStand.AdminKey);

        foreach (string path in DashboardPages.All)
        {
            await visitor.GoAsync(path);
            (await visitor.Page.Locator("h1").InnerTextAsync()).ShouldNotBe("Something went wrong", path);
        }
        await visitor.GoAsync("/agents");
        await visitor.Page.GetByLabel("Name").FillAsync("walked");
        await visitor.SendAsync("Create");
        await visitor.LeaveByAsync(visitor.Page.GetByLabel("Choose openai/gpt-oss-20b").First);
        await visitor.SendAsync("Save");
        await visitor.GoAsync("/agents/walked?service=general");
        await visitor.Page.GetByLabel("Description").FillAsync("Kept in PostgreSQL");
        await visitor.Page.GetByLabel("Requests a minute").FillAsync("7");
        await visitor.SendAsync("Save");
        await visitor.GoAsync("/agents");
        await Assertions.Expect(visitor.Page.GetByText("Kept in PostgreSQL")).ToBeVisibleAsync();

        await visitor.GoAsync("/keys");
        await visitor.Page.GetByLabel("Name").FillAsync("walker");
        await visitor.SendAsync("Make a key");
        string key = await visitor.Page.Locator(".good code").InnerTextAsync();
        await stand.SendAsync(
            HttpMethod.Post,
            "/v1/chat/completions",
            """{"model":"agent/walked","messages":[{"role":"user","content":"Say hello."}]}""",
            key
        );
        await visitor.FollowAsync("walker");
        await visitor.SendAsync("Revoke");

        await visitor.GoAsync("/webhooks");
        await visitor.Page.GetByLabel("Address").FillAsync("http://127.0.0.1:9/");
        await visitor.LeaveByAsync(visitor.Page.Locator("#create").GetByRole(AriaRole.Button));
        await visitor.FollowAsync("http://127.0.0.1:9/");
        await visitor.SendAsync("Send a test");
        await Assertions.Expect(visitor.Page.Locator("#deliveries")).ToContainTextAsync("webhook.test");

        await visitor.GoAsync("/jobs");
        await visitor.LeaveByAsync(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Run now" }).First);
        await visitor.GoAsync("/providers/simulator");
        await visitor.Page.GetByLabel("Percent").FillAsync("50");
        await visitor.SendAsync("Set the share");
        await Assertions.Expect(visitor.Page.GetByLabel("Percent")).ToHaveValueAsync("50");
        await visitor.GoAsync("/audit");
        await Assertions.Expect(visitor.Page.Locator("#audit")).ToContainTextAsync("agents/walked");
        await visitor.GoAsync("/usage?agent=support");
        for (
            ILocator calls = visitor.Page.Locator("#calls tbody a");
            await calls.CountAsync() == 0;
            await visitor.GoAsync("/usage?agent=support")
        )
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        await visitor.LeaveByAsync(visitor.Page.Locator("#calls tbody a").First);
        await Assertions.Expect(visitor.Page.GetByText("Who was asked")).ToBeVisibleAsync();
        visitor.Problems.ShouldBeEmpty();
    }
}
