using System.Net;
using System.Text.Json.Nodes;
using GroqKit.Dashboard.Tests.Running;
using Microsoft.Playwright;

namespace GroqKit.Dashboard.Tests;

/// <summary>The operator looks after tenants; tenants see themselves only.</summary>
[Requirement("UI-01")]
public sealed class TenantTests(Chromium chromium, DashboardStand stand)
{
    [Fact]
    public async Task The_operator_works_in_a_tenant_and_every_link_stays_in_it()
    {
        await stand.SendAsync(HttpMethod.Post, "/api/keys?tenant=acme", """{"name":"of acme","role":"admin"}""");
        await using Visitor visitor = await Visitor.ComeAsync(chromium, stand.Address);
        await visitor.SignInAsync(DashboardStand.AdminKey);
        await visitor.Page.GetByLabel("Tenant", new() { Exact = true }).Last.FillAsync("acme");
        await visitor.SendAsync("Show");
        await visitor.FollowAsync("Agents");
        await visitor.Page.GetByLabel("Name").FillAsync("theirs");
        await visitor.SendAsync("Create");
        visitor.Page.Url.ShouldEndWith("/agents/theirs?tenant=acme");
        await visitor.LeaveByAsync(visitor.Page.GetByLabel("Choose openai/gpt-oss-20b").First);
        await visitor.SendAsync("Save");
        await visitor.SendAsync("Reckon");
        await visitor.Page.Locator("#estimates").GetByText("(set)").WaitForAsync();

        JsonNode agent = await stand.SendAsync(HttpMethod.Get, "/api/agents/theirs?tenant=acme");
        ((string)agent["llm"]!["model"]!).ShouldBe("openai/gpt-oss-20b");
        (await stand.SendAsync(HttpMethod.Get, "/api/agents"))["items"]!
            .AsArray()
            .ShouldNotContain(mine => (string)mine!["name"]! == "theirs");
        foreach (string path in DashboardPages.All)
        {
            await visitor.GoAsync(path + "?tenant=acme");
            (await visitor.Page.Locator("h1").InnerTextAsync()).ShouldNotBe("Something went wrong", path);
        }
        await visitor.GoAsync("/keys?tenant=acme");
        await Assertions.Expect(visitor.Page.GetByText("of acme", new() { Exact = true })).ToBeVisibleAsync();
        visitor.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_tenants_own_key_sees_nobody_elses()
    {
        JsonNode key = await stand.SendAsync(
            HttpMethod.Post,
            "/api/keys?tenant=emca",
            """{"name":"of emca","role":"admin"}"""
        );
        await stand.SendAsync(HttpMethod.Post, "/api/agents", """{"name":"not-for-emca"}""");
        Entrant emca = await Entrant.EnterAsync(stand, (string)key["key"]!);

        foreach (string path in (string[])["/agents?tenant=default", "/agents", "/playground"])
        {
            string page = await emca.ReadAsync(path);
            page.ShouldNotContain("not-for-emca");
            page.ShouldNotContain("aria-label=\"Tenant\"");
        }
        using HttpResponseMessage other = await emca.GetAsync("/agents/not-for-emca?tenant=default");
        other.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
