using GroqKit.Dashboard.Tests.Running;
using GroqKit.Simulator.Hosting;
using Microsoft.Playwright;

namespace GroqKit.Dashboard.Tests;

/// <summary>A provider goes down while somebody looks.</summary>
[Requirement("UI-03", "UI-04")]
public sealed class OutageTests(Chromium chromium, OutageTests.Stand stand) : IClassFixture<OutageTests.Stand>
{
    // How long it took, and how many looks.
    private const string Watch = """
        () => new Promise((done) => {
          const tile = document.querySelector("[data-provider=failing]");
          const began = performance.now();
          const looks = () => performance.getEntriesByType("resource").filter((entry) => entry.startTime >= began).length;
          const see = () => tile.dataset.state === "down" && done([performance.now() - began, looks()]);
          new MutationObserver(see).observe(tile, { attributes: true });
          see();
        })
        """;

    /// <summary>One of its own: the models of more providers would stand among those that other tests choose from.</summary>
    public sealed class Stand : DashboardStand;

    // A page looks every 800 ms, so that what shows at the third look shows within 3 s on a machine that keeps up; silence has to last
    // 1.5 s before it is told from slowness. Looks are counted, because a slow machine has slow clocks too.
    [Theory]
    [InlineData("503", 3)]
    [InlineData("reset", 3)]
    [InlineData("hang", 4)]
    public async Task A_provider_that_goes_down_shows_within_a_few_looks_and_comes_back(string fault, int looks)
    {
        await using SimulatorServer simulator = await SimulatorServer.StartAsync();
        await stand.SendAsync(
            HttpMethod.Post,
            "/api/providers",
            $$"""{"name":"failing","kind":"groq","baseUrl":"{{simulator.BaseAddress}}","apiKey":"gsk_of_a_test"}"""
        );
        await using Visitor visitor = await Visitor.ComeAsync(chromium, stand.Address);
        await visitor.SignInAsync(DashboardStand.AdminKey);
        await visitor.GoAsync("/");
        ILocator tile = visitor.Page.Locator("[data-provider=failing]");
        await Assertions.Expect(tile).ToHaveAttributeAsync("data-state", "up");

        // In this order: looks from before the fault would be counted where this test was held up between the two.
        simulator.Faults.Set(fault);
        double[] seen = await visitor
            .Page.EvaluateAsync<double[]>(Watch)
            .WaitAsync(TimeSpan.FromMilliseconds(Chromium.Patience));
        TestContext.Current.TestOutputHelper?.WriteLine($"{fault}: down after {seen[0]:F0} ms and {seen[1]} looks.");
        seen[1].ShouldBeLessThanOrEqualTo(looks);
        await Assertions.Expect(tile).ToContainTextAsync("Since");

        simulator.Faults.Clear();
        await Assertions.Expect(tile).ToHaveAttributeAsync("data-state", "up");
        await stand.SendAsync(HttpMethod.Delete, "/api/providers/failing");
        visitor.Problems.ShouldBeEmpty();
    }
}
