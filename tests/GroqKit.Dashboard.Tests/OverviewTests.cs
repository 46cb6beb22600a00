using GroqKit.Dashboard.Tests.Running;
using Microsoft.Playwright;

namespace GroqKit.Dashboard.Tests;

[Requirement("UI-03")]
public sealed class OverviewTests(Chromium chromium, DashboardStand stand)
{
    [Fact]
    public async Task Figures_follow_calls_without_a_reload()
    {
        await using Visitor visitor = await Visitor.ComeAsync(chromium, stand.Address);
        await visitor.SignInAsync(DashboardStand.AdminKey);
        await visitor.GoAsync("/");
        string before = await RequestsAsync(visitor);
        await visitor.Page.EvaluateAsync("window.kept = true");

        await stand.ChatAsync();

        await Assertions.Expect(visitor.Page.Locator(".figure dd").First).Not.ToHaveTextAsync(before);
        (await visitor.Page.EvaluateAsync<bool>("window.kept")).ShouldBeTrue();
        visitor.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_first_page_says_that_answers_are_simulated()
    {
        await using Visitor visitor = await Visitor.ComeAsync(chromium, stand.Address);
        await visitor.SignInAsync(DashboardStand.AdminKey);

        await Assertions.Expect(visitor.Page.GetByText("its answers are made up")).ToBeVisibleAsync();
        await Assertions
            .Expect(visitor.Page.Locator("[data-provider=simulator]"))
            .ToHaveAttributeAsync("data-state", "up");
    }

    [Fact]
    public async Task The_theme_is_switched_and_kept()
    {
        await using Visitor visitor = await Visitor.ComeAsync(chromium, stand.Address);
        await visitor.SignInAsync(DashboardStand.AdminKey);
        await visitor.GoAsync("/");
        ILocator html = visitor.Page.Locator("html");
        string light = await BackgroundAsync(visitor);

        await visitor.Page.Locator("[data-theme-switch]").ClickAsync();
        await Assertions.Expect(html).ToHaveAttributeAsync("data-theme", "light");
        await visitor.Page.Locator("[data-theme-switch]").ClickAsync();
        await Assertions.Expect(html).ToHaveAttributeAsync("data-theme", "dark");
        await Assertions.Expect(visitor.Page.Locator("[data-theme-name]")).ToHaveTextAsync("dark");
        await Assertions
            .Expect(visitor.Page.Locator("meta[name=color-scheme]"))
            .ToHaveAttributeAsync("content", "dark");
        await Assertions.Expect(visitor.Page.Locator("body")).Not.ToHaveCSSAsync("background-color", light);
        string dark = await BackgroundAsync(visitor);
        await visitor.GoAsync("/start");
        await Assertions.Expect(html).ToHaveAttributeAsync("data-theme", "dark");
        (await BackgroundAsync(visitor)).ShouldBe(dark);
        visitor.Problems.ShouldBeEmpty();
    }

    private static Task<string> BackgroundAsync(Visitor visitor) =>
        visitor.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");

    private static async Task<string> RequestsAsync(Visitor visitor) =>
        await visitor.Page.Locator(".figure dd").First.InnerTextAsync();
}
