using System.Text.Json.Nodes;
using GroqKit.Dashboard.Tests.Running;
using Microsoft.Playwright;

namespace GroqKit.Dashboard.Tests;

[Requirement("UI-01")]
public sealed class AgentTests(Chromium chromium, DashboardStand stand)
{
    [Fact]
    public async Task An_agent_is_made_set_and_tried()
    {
        await using Visitor visitor = await EnterAsync("/agents");
        IPage page = visitor.Page;
        await page.GetByLabel("Name").FillAsync("helper");
        await visitor.SendAsync("Create");
        page.Url.ShouldEndWith("/agents/helper");

        await visitor.LeaveByAsync(page.GetByLabel("Choose openai/gpt-oss-120b"));
        await page.GetByLabel("Temperature").FillAsync("0.3");
        await page.GetByLabel("Then 1: provider").SelectOptionAsync("simulator");
        await page.Locator("[name='text:fallback[0].model']").FillAsync("openai/gpt-oss-20b");
        await visitor.SendAsync("Save");
        await page.Locator("#estimates").GetByText("(set)").WaitForAsync();

        JsonNode agent = await stand.SendAsync(HttpMethod.Get, "/api/agents/helper");
        ((string)agent["llm"]!["model"]!).ShouldBe("openai/gpt-oss-120b");
        ((decimal)agent["llm"]!["config"]!["temperature"]!).ShouldBe(0.3m);
        ((string)agent["llm"]!["fallback"]![0]!["model"]!).ShouldBe("openai/gpt-oss-20b");
        await visitor.FollowAsync("Try it");
        await Assertions.Expect(page.GetByLabel("Model or agent")).ToHaveValueAsync("agent/helper");
        visitor.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_admin_api_refuses_stands_at_the_field_with_what_was_typed()
    {
        await stand.SendAsync(HttpMethod.Post, "/api/agents", """{"name":"wrong"}""");
        await using Visitor visitor = await EnterAsync("/agents/wrong?provider=simulator&model=openai/gpt-oss-20b");
        ILocator temperature = visitor.Page.GetByLabel("Temperature");
        await temperature.FillAsync("9");
        await visitor.SendAsync("Save");

        await Assertions.Expect(temperature).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(temperature).ToHaveValueAsync("9");
        await Assertions.Expect(visitor.Page.Locator("p.error")).ToContainTextAsync("config.temperature");
        (await stand.SendAsync(HttpMethod.Get, "/api/agents/wrong"))["llm"].ShouldBeNull();
    }

    [Fact]
    public async Task A_chain_is_put_in_order_with_buttons()
    {
        await stand.SendAsync(
            HttpMethod.Post,
            "/api/agents",
            """{"name":"chained","llm":{"provider":"simulator","model":"openai/gpt-oss-120b","fallback":[{"provider":"simulator","model":"openai/gpt-oss-20b"}]}}"""
        );
        await using Visitor visitor = await EnterAsync("/agents/chained");

        await visitor.Page.GetByLabel("Move choice 2 up").ClickAsync();
        await visitor.SendAsync("Save");
        await Assertions.Expect(visitor.Page.Locator("[name='text:model']")).ToHaveValueAsync("openai/gpt-oss-20b");

        JsonNode agent = await stand.SendAsync(HttpMethod.Get, "/api/agents/chained");
        ((string)agent["llm"]!["model"]!).ShouldBe("openai/gpt-oss-20b");
        ((string)agent["llm"]!["fallback"]![0]!["model"]!).ShouldBe("openai/gpt-oss-120b");
    }

    [Fact]
    public async Task Each_of_a_chain_that_speaks_has_a_voice_and_settings_of_its_own()
    {
        await stand.SendAsync(
            HttpMethod.Post,
            "/api/agents",
            """
            {"name":"spoken","tts":{"provider":"simulator","model":"canopylabs/orpheus-v1-english","config":{"voice":"troy","speed":1},
             "fallback":[{"provider":"simulator","model":"second","config":{"voice":"zoe","speed":1.5}},{"provider":"simulator","model":"third"}]}}
            """
        );
        await using Visitor visitor = await EnterAsync("/agents/spoken?service=tts");
        IPage page = visitor.Page;
        await Assertions.Expect(page.Locator("[name='text:config.voice']")).ToHaveValueAsync("troy");
        await Assertions.Expect(page.Locator("[name='text:fallback[0].config.voice']")).ToHaveValueAsync("zoe");

        await page.Locator("[name='text:fallback[1].config.voice']").FillAsync("max");
        await page.GetByLabel("Move choice 3 up").ClickAsync();
        await visitor.SendAsync("Save");
        await Assertions.Expect(page.Locator("[name='text:fallback[0].model']")).ToHaveValueAsync("third");

        JsonNode speaking = (await stand.SendAsync(HttpMethod.Get, "/api/agents/spoken"))["tts"]!;
        speaking["config"]!.ToJsonString().ShouldBe("""{"voice":"troy","speed":1}""");
        speaking["fallback"]![0]!["config"]!.ToJsonString().ShouldBe("""{"voice":"max"}""");
        speaking["fallback"]![1]!["config"]!.ToJsonString().ShouldBe("""{"voice":"zoe","speed":1.5}""");
        visitor.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_described_load_is_reckoned_for_every_alternative()
    {
        await stand.SendAsync(HttpMethod.Post, "/api/agents", """{"name":"reckoned"}""");
        await using Visitor visitor = await EnterAsync("/agents/reckoned");
        await visitor.Page.GetByLabel("Calls a day").FillAsync("1000");
        await visitor.Page.GetByLabel("Tokens in a call").FillAsync("1000");
        await visitor.Page.GetByLabel("Tokens out a call").FillAsync("0");
        await visitor.SendAsync("Reckon");

        ILocator row = visitor.Page.Locator("#estimates tr", new() { HasText = "openai/gpt-oss-20b" });
        JsonNode estimate = await stand.SendAsync(
            HttpMethod.Post,
            "/api/estimate",
            """{"model":"simulator/openai/gpt-oss-20b","promptTokens":1000}"""
        );
        decimal month = (decimal)estimate["cost"]! * 1000 * 30;
        await Assertions
            .Expect(row.Locator("td").Nth(1))
            .ToHaveTextAsync("$" + month.ToString("0.00##", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Limits_are_set_and_taken_away()
    {
        await stand.SendAsync(HttpMethod.Post, "/api/agents", """{"name":"bounded"}""");
        await using Visitor visitor = await EnterAsync("/agents/bounded?service=general");
        ILocator field = visitor.Page.GetByLabel("Requests a minute");
        await field.FillAsync("7");
        await visitor.SendAsync("Save");
        (
            (int)(await stand.SendAsync(HttpMethod.Get, "/api/agents/bounded"))["limits"]!["requests"]!["minute"]!
        ).ShouldBe(7);

        await visitor.GoAsync("/agents/bounded?service=general");
        await Assertions.Expect(field).ToHaveValueAsync("7");
        await field.FillAsync("");
        await visitor.SendAsync("Save");
        await visitor.GoAsync("/agents/bounded?service=general");
        await Assertions.Expect(field).ToHaveValueAsync("");
    }

    private async Task<Visitor> EnterAsync(string path)
    {
        Visitor visitor = await Visitor.ComeAsync(chromium, stand.Address);
        await visitor.SignInAsync(DashboardStand.AdminKey);
        await visitor.GoAsync(path);
        return visitor;
    }
}
