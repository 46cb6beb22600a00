using Microsoft.Playwright;

namespace GroqKit.Dashboard.Tests.Running;

/// <summary>A browser window at a gateway. It notes what went wrong in it and who else was asked for anything.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _problems = [];

    private Visitor(IBrowserContext context, IPage page, Uri gateway)
    {
        _context = context;
        Page = page;
        Gateway = gateway;
        page.SetDefaultTimeout(Chromium.Patience);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                Note($"console: {message.Text}");
        };
        page.PageError += (_, error) => Note($"script: {error}");
        page.Request += (_, request) =>
        {
            if (
                !request.Url.StartsWith(gateway.ToString(), StringComparison.Ordinal)
                && !request.Url.StartsWith("data:", StringComparison.Ordinal)
                && !request.Url.StartsWith("blob:", StringComparison.Ordinal)
            )
                Note($"asked elsewhere: {request.Url}");
        };
    }

    public IPage Page { get; }

    public Uri Gateway { get; }

    /// <summary>Errors of scripts, refusals of the policy, requests to other hosts.</summary>
    public IReadOnlyList<string> Problems
    {
        get
        {
            lock (_problems)
                return [.. _problems];
        }
    }

    public static async Task<Visitor> ComeAsync(
        Chromium chromium,
        Uri gateway,
        ColorScheme scheme = ColorScheme.Light,
        int width = 1280,
        int height = 800
    )
    {
        IBrowserContext context = await chromium.Browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                BaseURL = gateway.ToString(),
                ColorScheme = scheme,
                ViewportSize = new ViewportSize { Width = width, Height = height },
                Permissions = ["microphone", "clipboard-write"],
            }
        );
        // Who is asked whether it is meant says yes.
        await context.AddInitScriptAsync("window.confirm = () => true");
        return new Visitor(context, await context.NewPageAsync(), gateway);
    }

    public async Task SignInAsync(string key)
    {
        await Page.GotoAsync("/signin");
        await Page.GetByLabel("Key").FillAsync(key);
        await SendAsync("Sign in");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).WaitForAsync();
    }

    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(path);
        await Page.Locator("html[data-ready=true]").WaitForAsync();
    }

    /// <summary>Presses a button that sends a form, and waits for the page that comes of it.</summary>
    public Task SendAsync(string button) => LeaveByAsync(Page.GetByRole(AriaRole.Button, new() { Name = button }));

    /// <summary>Follows a link, and waits for the page that it leads to.</summary>
    public Task FollowAsync(string link) => LeaveByAsync(Page.GetByRole(AriaRole.Link, new() { Name = link }));

    /// <summary>Clicks on what leads to another page, and waits for it.</summary>
    public async Task LeaveByAsync(ILocator place)
    {
        await Page.EvaluateAsync("window.left = true");
        await place.ClickAsync();
        await Page.WaitForFunctionAsync("() => !window.left && document.documentElement.dataset.ready === 'true'");
    }

    /// <summary>Presses Tab until something has the focus.</summary>
    public async Task TabToAsync(ILocator place)
    {
        const int Most = 400;
        for (int i = 0; i < Most; i++)
        {
            if (await place.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;
            await Page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"The keyboard doesn't reach {place}.");
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private void Note(string problem)
    {
        lock (_problems)
            _problems.Add(problem);
    }
}
