using GroqKit.Dashboard.Tests.Running;
using Microsoft.Playwright;

namespace GroqKit.Dashboard.Tests;

/// <summary>Pictures of every page for people to look at: <c>eng/screenshots.sh</c>.</summary>
public sealed class ScreenshotTests(Chromium chromium, DashboardStand stand)
{
    private const string Variable = "GROQKIT_SCREENSHOTS";

    private static readonly (string Name, string Path)[] Pages =
    [
        ("overview", "/"),
        ("agents", "/agents"),
        ("agent", "/agents/support"),
        ("agent-limits", "/agents/support?service=general"),
        ("playground", "/playground?model=agent/support"),
        ("transcribe", "/playground?tab=transcribe"),
        ("speak", "/playground?tab=speak"),
        ("voice", "/playground?tab=voice"),
        ("providers", "/providers"),
        ("provider", "/providers/simulator"),
        ("usage", "/usage"),
        ("keys", "/keys"),
        ("webhooks", "/webhooks"),
        ("jobs", "/jobs"),
        ("audit", "/audit"),
        ("settings", "/settings"),
        ("start", "/start"),
    ];

    [Fact]
    public async Task Every_page_has_its_picture_taken()
    {
        string? folder = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(folder is null, $"{Variable} names no folder for pictures.");
        await Scenery.BuildOnceAsync(stand);
        foreach (
            (string view, ColorScheme scheme, int width, int height) in ((string, ColorScheme, int, int)[])
                [
                    ("light", ColorScheme.Light, 1280, 800),
                    ("dark", ColorScheme.Dark, 1280, 800),
                    ("phone", ColorScheme.Light, 360, 740),
                ]
        )
        {
            await using Visitor visitor = await Visitor.ComeAsync(chromium, stand.Address, scheme, width, height);
            await visitor.Page.GotoAsync("/signin");
            await ShootAsync(visitor, folder!, $"signin-{view}");
            await visitor.SignInAsync(DashboardStand.AdminKey);
            foreach ((string name, string path) in Pages)
            {
                await visitor.GoAsync(path);
                await ShootAsync(visitor, folder!, $"{name}-{view}");
            }
            await visitor.GoAsync("/usage");
            await visitor.LeaveByAsync(visitor.Page.Locator("#calls tbody a").First);
            await ShootAsync(visitor, folder!, $"call-{view}");
            await visitor.GoAsync("/keys");
            await visitor.FollowAsync("website");
            await ShootAsync(visitor, folder!, $"key-{view}");
            await visitor.GoAsync("/playground?model=agent/support");
            await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
            await Assertions.Expect(visitor.Page.Locator("[data-facts]")).ToContainTextAsync("$");
            await visitor.Page.GetByText("The call: JSON, curl, C#").ClickAsync();
            await ShootAsync(visitor, folder!, $"played-{view}");
            await visitor.GoAsync("/playground?tab=voice&model=support");
            await visitor.Page.GetByLabel("Typed turn").FillAsync("Say hello.");
            await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
            await Assertions.Expect(visitor.Page.Locator("[data-facts]")).ToContainTextAsync("$");
            await ShootAsync(visitor, folder!, $"spoken-{view}");
            visitor.Problems.ShouldBeEmpty();
        }
    }

    private static Task<byte[]> ShootAsync(Visitor visitor, string folder, string name) =>
        visitor.Page.ScreenshotAsync(
            new PageScreenshotOptions
            {
                Path = Path.Combine(folder, $"{name}.png"),
                FullPage = true,
                Animations = ScreenshotAnimations.Disabled,
            }
        );
}
