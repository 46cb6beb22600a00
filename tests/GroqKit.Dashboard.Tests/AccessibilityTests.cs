using System.Text.Json;
using GroqKit.Dashboard.Tests.Running;
using Microsoft.Playwright;

namespace GroqKit.Dashboard.Tests;

[Requirement("UI-01")]
public sealed class AccessibilityTests(Chromium chromium, DashboardStand stand)
{
    private static readonly string[] More =
    [
        "/agents/support",
        "/agents/support?service=general",
        "/providers/simulator",
        "/playground?tab=transcribe",
        "/playground?tab=speak",
        "/playground?tab=voice",
    ];

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 360)]
    public async Task No_page_has_a_serious_barrier(ColorScheme scheme, int width)
    {
        string? axe = Axe();
        Assert.SkipWhen(axe is null, "axe-core is not in artifacts/axe; eng/test.sh puts it there where npm is.");
        await Scenery.BuildOnceAsync(stand);
        await using Visitor visitor = await Visitor.ComeAsync(chromium, stand.Address, scheme, width);
        var barriers = new List<string>();
        await visitor.SignInAsync(DashboardStand.AdminKey);
        foreach (string path in DashboardPages.All.Concat(More))
        {
            await visitor.GoAsync(path);
            await visitor.Page.EvaluateAsync(axe!);
            JsonElement found = await visitor.Page.EvaluateAsync<JsonElement>(
                "async () => (await axe.run()).violations.filter(v => v.impact === 'serious' || v.impact === 'critical').map(v => `${v.id}: ${v.nodes.map(n => n.target.join(' ') + ' ' + n.failureSummary).slice(0, 3).join(' | ')}`)"
            );
            barriers.AddRange(found.EnumerateArray().Select(barrier => $"{path}: {barrier.GetString()}"));
        }
        barriers.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_page_fits_a_phone_without_moving_sideways()
    {
        await Scenery.BuildOnceAsync(stand);
        await using Visitor visitor = await Visitor.ComeAsync(chromium, stand.Address, width: 360, height: 740);
        await visitor.SignInAsync(DashboardStand.AdminKey);
        foreach (string path in DashboardPages.All.Concat(More))
        {
            await visitor.GoAsync(path);
            (await visitor.Page.EvaluateAsync<int>("document.scrollingElement.scrollWidth")).ShouldBeLessThanOrEqualTo(
                360,
                path
            );
        }
    }

    [Fact]
    public async Task The_keyboard_reaches_the_content_first()
    {
        await using Visitor visitor = await Visitor.ComeAsync(chromium, stand.Address);
        await visitor.SignInAsync(DashboardStand.AdminKey);
        await visitor.GoAsync("/agents");
        await visitor.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(visitor.Page.GetByText("Skip to the content")).ToBeFocusedAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visitor.Page.Locator("#main")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task An_agent_is_made_and_tried_with_the_keyboard_alone()
    {
        await using Visitor visitor = await Visitor.ComeAsync(chromium, stand.Address);
        IKeyboard keyboard = visitor.Page.Keyboard;
        await visitor.Page.GotoAsync("/signin?next=/agents");
        // It has the focus by itself; letters that are typed before are lost.
        await Assertions.Expect(visitor.Page.GetByLabel("Key")).ToBeFocusedAsync();
        await keyboard.TypeAsync(DashboardStand.AdminKey);
        await keyboard.PressAsync("Enter");
        // The address alone would not do: that of signing in ends alike.
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).WaitForAsync();

        await visitor.TabToAsync(visitor.Page.GetByLabel("Name"));
        await keyboard.TypeAsync("by-keyboard");
        await keyboard.PressAsync("Enter");
        await visitor.Page.WaitForURLAsync("**/agents/by-keyboard");
        await visitor.TabToAsync(visitor.Page.GetByLabel("Choose openai/gpt-oss-20b").First);
        await keyboard.PressAsync("Enter");
        await visitor.Page.WaitForURLAsync("**model=openai*");
        await visitor.TabToAsync(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }));
        await keyboard.PressAsync("Enter");
        await visitor.Page.Locator("#estimates").GetByText("(set)").WaitForAsync();
        await visitor.TabToAsync(visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Try it" }));
        await keyboard.PressAsync("Enter");
        await visitor.Page.GetByLabel("Message").WaitForAsync();
        await visitor.Page.Locator("html[data-ready=true]").WaitForAsync();
        await visitor.TabToAsync(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }));
        await keyboard.PressAsync("Enter");
        await Assertions.Expect(visitor.Page.Locator(".said.assistant")).Not.ToBeEmptyAsync();
        visitor.Problems.ShouldBeEmpty();
    }

    private static string? Axe()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string file = Path.Combine(at.FullName, "artifacts", "axe", "package", "axe.min.js");
            if (File.Exists(file))
                return File.ReadAllText(file);
        }
        return null;
    }
}
