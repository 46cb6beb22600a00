using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GroqKit.Dashboard.Tests.Running;
using Microsoft.Playwright;

namespace GroqKit.Dashboard.Tests;

/// <summary>What comes in from outside is text on every page, a lot of it stays a page, and what is old is told from what is.</summary>
[Requirement("UI-01", "UI-02")]
public sealed partial class HostileTests(Chromium chromium, HostileTests.Stand stand)
    : IClassFixture<HostileTests.Stand>
{
    private const string Script = "\"><img src=x onerror=window.broken=1><script>window.broken=1</script>'&amp;";
    private const int MostRows = 250;

    /// <summary>One that is filled with what no other test wants to see.</summary>
    public sealed class Stand : DashboardStand;

    [Fact]
    public async Task Markup_in_whatever_people_and_models_write_is_shown_as_text()
    {
        string script = JsonValue.Create(Script).ToJsonString();
        await stand.SendAsync(
            HttpMethod.Post,
            "/api/agents",
            $$$"""{"name":"marked","description":{{{script}}},"llm":{"provider":"simulator","model":"openai/gpt-oss-20b","config":{"stop":[{{{script}}}]} } }"""
        );
        JsonNode key = await stand.SendAsync(HttpMethod.Post, "/api/keys", $$"""{"name":{{script}},"role":"caller"}""");
        JsonNode hook = await stand.SendAsync(
            HttpMethod.Post,
            "/api/webhooks",
            $$"""{"url":"http://127.0.0.1:9/<script>","description":{{script}}}"""
        );
        await using Visitor visitor = await Visitor.ComeAsync(chromium, stand.Address);
        await visitor.SignInAsync(DashboardStand.AdminKey);
        string asked = Uri.EscapeDataString(Script);
        foreach (
            string path in DashboardPages.All.Concat([
                "/agents/marked",
                "/agents/marked?service=general",
                $"/agents/marked?provider={asked}&model={asked}&calls={asked}",
                $"/keys/{key["id"]}",
                $"/webhooks/{hook["id"]}",
                $"/usage?agent={asked}&by={asked}&span={asked}",
                $"/jobs?state={asked}",
                $"/agents/{asked}",
                $"/playground?tab={asked}&model={asked}",
                $"/?tenant={asked}",
            ])
        )
        {
            await visitor.GoAsync(path);
            (await visitor.Page.EvaluateAsync<bool>("window.broken === 1")).ShouldBeFalse(path);
        }

        // The simulator says what it was asked.
        await visitor.GoAsync("/playground?model=agent/marked");
        await visitor.Page.GetByLabel("Message").FillAsync(Script);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Assertions.Expect(visitor.Page.Locator("[data-facts]")).ToContainTextAsync("$");
        await Assertions.Expect(visitor.Page.Locator(".said.user")).ToHaveTextAsync(Script);
        (await visitor.Page.EvaluateAsync<bool>("window.broken === 1")).ShouldBeFalse();
        visitor
            .Problems.Where(problem =>
                !problem.Contains("400 (", StringComparison.Ordinal)
                && !problem.Contains("404 (", StringComparison.Ordinal)
            )
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task Hundreds_of_agents_are_pages_of_rows_and_a_field_to_type_in()
    {
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 400),
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (i, _) =>
                await stand.SendAsync(
                    HttpMethod.Post,
                    "/api/agents",
                    $$$"""{"name":"many-{{{i:D4}}}","llm":{"provider":"simulator","model":"openai/gpt-oss-20b"}}"""
                )
        );
        Entrant admin = await Entrant.EnterAsync(stand, DashboardStand.AdminKey);
        foreach (string path in DashboardPages.All.Append("/playground?tab=voice"))
        {
            string page = await admin.ReadAsync(path);
            Rows().Count(page).ShouldBeLessThanOrEqualTo(MostRows, path);
        }
        await using Visitor visitor = await EnterAsync("/agents?after=many-0390");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Link, new() { Name = "many-0391" })).ToBeVisibleAsync();
        await visitor.GoAsync("/playground?model=agent/many-0345");
        await Assertions.Expect(visitor.Page.GetByLabel("Model or agent")).ToHaveValueAsync("agent/many-0345");
    }

    [Fact]
    public async Task The_longest_names_fit_a_phone()
    {
        string name = new('w', 64);
        await stand.SendAsync(
            HttpMethod.Post,
            "/api/agents",
            $$$"""{"name":"{{{name}}}","description":"{{{new string('d', 200)}}}","llm":{"provider":"simulator","model":"openai/gpt-oss-20b"}}"""
        );
        JsonNode key = await stand.SendAsync(HttpMethod.Post, "/api/keys", $$"""{"name":"{{name}}","role":"admin"}""");
        await using Visitor visitor = await Visitor.ComeAsync(chromium, stand.Address, width: 360, height: 740);
        await visitor.SignInAsync((string)key["key"]!);
        foreach (string path in DashboardPages.All.Concat([$"/agents/{name}", $"/keys/{key["id"]}"]))
        {
            await visitor.GoAsync(path);
            (await visitor.Page.EvaluateAsync<int>("document.scrollingElement.scrollWidth")).ShouldBeLessThanOrEqualTo(
                360,
                path
            );
        }
    }

    [Fact]
    public async Task After_signing_out_the_back_button_shows_nothing()
    {
        await using Visitor visitor = await EnterAsync("/agents");
        await visitor.SendAsync("Sign out");
        await visitor.Page.GoBackAsync();

        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Page.GetByText("New agent")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Of_two_tabs_the_second_is_told_that_the_first_changed_it()
    {
        await stand.SendAsync(HttpMethod.Post, "/api/agents", """{"name":"contested"}""");
        await using Visitor one = await EnterAsync("/agents/contested?service=general");
        await using Visitor other = await EnterAsync("/agents/contested?service=general");
        await one.Page.GetByLabel("Description").FillAsync("the first");
        await one.SendAsync("Save");
        await other.Page.GetByLabel("Description").FillAsync("the second");
        await other.SendAsync("Save");

        await Assertions.Expect(other.Page.Locator("p.problem")).ToContainTextAsync("changed");
        await Assertions.Expect(other.Page.GetByLabel("Description")).ToHaveValueAsync("the second");
        ((string)(await stand.SendAsync(HttpMethod.Get, "/api/agents/contested"))["description"]!).ShouldBe(
            "the first"
        );
        // Now that it was told, it may mean it.
        await other.SendAsync("Save");
        ((string)(await stand.SendAsync(HttpMethod.Get, "/api/agents/contested"))["description"]!).ShouldBe(
            "the second"
        );
    }

    [Fact]
    public async Task Saving_what_was_deleted_meanwhile_says_so()
    {
        await stand.SendAsync(HttpMethod.Post, "/api/agents", """{"name":"short-lived"}""");
        await using Visitor visitor = await EnterAsync("/agents/short-lived?service=general");
        await visitor.Page.GetByLabel("Description").FillAsync("too late");
        await stand.SendAsync(HttpMethod.Delete, "/api/agents/short-lived");
        await visitor.SendAsync("Save");

        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("short-lived");
    }

    [Fact]
    public async Task A_session_that_ended_in_the_middle_of_a_form_leads_to_signing_in_and_back()
    {
        JsonNode key = await stand.SendAsync(HttpMethod.Post, "/api/keys", """{"name":"ending","role":"admin"}""");
        await using Visitor visitor = await Visitor.ComeAsync(chromium, stand.Address);
        await visitor.SignInAsync((string)key["key"]!);
        await visitor.GoAsync("/agents");
        await visitor.Page.GetByLabel("Name").FillAsync("never-made");
        await stand.SendAsync(HttpMethod.Delete, $"/api/keys/{key["id"]}");
        await visitor.SendAsync("Create");

        await visitor.Page.GetByLabel("Key").FillAsync(DashboardStand.AdminKey);
        await visitor.SendAsync("Sign in");
        visitor.Page.Url.ShouldEndWith("/agents");
        (await stand.SendAsync(HttpMethod.Get, "/api/agents?after=never-madd"))["items"]!
            .AsArray()
            .ShouldNotContain(agent => (string)agent!["name"]! == "never-made");
    }

    private async Task<Visitor> EnterAsync(string path)
    {
        Visitor visitor = await Visitor.ComeAsync(chromium, stand.Address);
        await visitor.SignInAsync(DashboardStand.AdminKey);
        await visitor.GoAsync(path);
        return visitor;
    }

    [GeneratedRegex("<tr|<option", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Rows();
}
