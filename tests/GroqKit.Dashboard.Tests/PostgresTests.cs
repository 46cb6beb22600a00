using GroqKit.Dashboard.Tests.Running;
using GroqKit.TestKit.Servers;
using Microsoft.Playwright;

namespace GroqKit.Dashboard.Tests;

[Requirement("UI-01", "UI-03")]
public sealed class PostgresTests(Chromium chromium, PostgresStand stand) : IClassFixture<PostgresStand>
{
    [Fact]
    public async Task Every_page_shows_what_is_there()
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
        await visitor.GoAsync("/agents/support?service=general");
        await visitor.Page.GetByLabel("Description").FillAsync("Kept in PostgreSQL");
        await visitor.SendAsync("Save");
        await visitor.GoAsync("/agents");
        await Assertions.Expect(visitor.Page.GetByText("Kept in PostgreSQL")).ToBeVisibleAsync();
        visitor.Problems.ShouldBeEmpty();
    }
}
