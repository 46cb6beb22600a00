using System.Text.Json;
using GroqKit.Dashboard.Tests.Running;
using Microsoft.Playwright;

namespace GroqKit.Dashboard.Tests;

[Requirement("UI-01")]
public sealed class AccessibilityTests(Chromium chromium, DashboardStand stand) : IClassFixture<DashboardStand>
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
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task No_page_has_a_serious_barrier(ColorScheme scheme)
    {
        string? axe = Axe();
        Assert.SkipWhen(axe is null, "axe-core is not in artifacts/axe; eng/test.sh puts it there where npm is.");
        await Scenery.BuildOnceAsync(stand);
        await using Visitor visitor = await Visitor.ComeAsync(chromium, stand.Address, scheme);
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
