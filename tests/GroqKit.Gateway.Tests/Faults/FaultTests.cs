using System.Net;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Tests.Running;

namespace GroqKit.Gateway.Tests.Faults;

[Requirement("PR-09", "GW-02", "GW-03", "GW-06")]
public sealed class FaultTests
{
    public static TheoryData<string> Cells => [.. FaultCells.All.Select(cell => cell.Name)];

    [Theory]
    [MemberData(nameof(Cells))]
    public Task A_fault_ends_in_one_whole_answer_or_one_clear_error(string cell) =>
        FaultTrial.RunAsync(FaultCells.All.Single(one => one.Name == cell));

    [Theory]
    [InlineData("503", false)]
    [InlineData("503", true)]
    [InlineData("hang", true)]
    public async Task A_provider_that_is_down_costs_five_calls_their_time_and_no_more(string fault, bool streamed)
    {
        await using FaultStand stand = await FaultStand.StartAsync();
        stand.First.Faults.Set(fault);

        for (int call = 0; call < 9; call++)
        {
            using HttpResponseMessage answer = await stand.AskAsync(streamed);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            await answer.TextAsync();
        }

        FaultStand.AskedOf(stand.First).Count().ShouldBe(5);
        FaultStand.AskedOf(stand.Second).Count().ShouldBe(9);
    }

    [Fact]
    public async Task A_rate_limited_provider_is_left_alone_for_as_long_as_it_says()
    {
        var time = new ManualTimeProvider();
        await using FaultStand stand = await FaultStand.StartAsync(time);
        stand.First.Faults.Set("429:retry-after=4", count: 1);

        string[] servers = [await ServerAsync(), await ServerAsync(), await ServerAsync()];
        time.Advance(TimeSpan.FromSeconds(4));

        servers.ShouldBe(["second", "second", "second"]);
        (await ServerAsync()).ShouldBe("first");
        FaultStand.AskedOf(stand.First).Count().ShouldBe(2);

        async Task<string> ServerAsync()
        {
            using HttpResponseMessage answer = await stand.AskAsync(streamed: false);
            return answer.Header("x-groqkit-provider")!;
        }
    }

    [Fact]
    public async Task What_was_down_is_brought_back_by_a_probe_and_not_by_a_caller()
    {
        var time = new ManualTimeProvider();
        await using FaultStand stand = await FaultStand.StartAsync(time);
        stand.First.Faults.Set("503", count: 5);
        for (int call = 0; call < 6; call++)
            (await stand.AskAsync(streamed: false)).Dispose();
        FaultStand.AskedOf(stand.First).Count().ShouldBe(5);

        Task probed = stand.First.Requests.WaitForAsync(
            request => request.BodyText.Contains("ping", StringComparison.Ordinal) && request.EndedAt is not null,
            TestContext.Current.CancellationToken
        );
        // A look notices what is closed, a later one is due to probe it. Time stands while a probe is likely to be under way; one that it
        // overtakes all the same, on a slow machine, is made again.
        string? server = null;
        for (int call = 0; call < 1000 && server != "first"; call++)
        {
            if (call % 20 == 0)
                time.Advance(TimeSpan.FromSeconds(5));
            using HttpResponseMessage answer = await stand.AskAsync(streamed: false);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            server = answer.Header("x-groqkit-provider");
        }

        server.ShouldBe("first");
        await probed.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        FaultStand.AskedOf(stand.First).Count().ShouldBe(6);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_provider_that_flaps_for_a_minute_costs_no_caller_anything(bool streamed) =>
        await FlapAsync(streamed);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_account_of_a_failed_over_call_is_one_with_the_figures_of_whoever_served(bool streamed) =>
        await AccountAsync(streamed);

    internal static async Task<string> FlapAsync(bool streamed)
    {
        var time = new ManualTimeProvider();
        await using FaultStand stand = await FaultStand.StartAsync(time);
        string[] faults = ["500", "reset", "503"];
        for (int call = 0; call < 20; call++)
        {
            stand.First.Faults.Clear();
            if (call % 2 == 0)
                stand.First.Faults.Set(faults[call / 2 % faults.Length], model: FaultStand.FirstModel);
            using HttpResponseMessage answer = await stand.AskAsync(streamed);
            string text = await answer.TextAsync();
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            if (streamed)
                text.ShouldEndWith("data: [DONE]\n\n");
            (await stand.Gateway.Usage.NextAsync()).Outcome.ShouldBe(Outcome.Completed);
            time.Advance(TimeSpan.FromSeconds(3));
        }
        stand.Gateway.Usage.Waiting.ShouldBe(0);
        stand.Attempts.ShouldBeInRange(20, 30);
        return "20 whole answers";
    }

    internal static async Task<string> AccountAsync(bool streamed)
    {
        await using FaultStand stand = await FaultStand.StartAsync();
        stand.First.Faults.Set("500");

        using HttpResponseMessage answer = await stand.AskAsync(streamed);
        await answer.TextAsync();
        UsageRecord record = await stand.Gateway.Usage.NextAsync();

        JsonNode usage = (await stand.ReferenceAsync("second"))["usage"]!;
        record.Provider.ShouldBe("second");
        record.Model.ShouldBe(FaultStand.SecondModel);
        record.Agent.ShouldBe("helper");
        record.Fallback.ShouldBe($"first/{FaultStand.FirstModel}: server_error");
        record.Estimated.ShouldBeFalse();
        record.Usage.Total.ShouldBe(usage["total_tokens"]!.GetValue<long>());
        stand.Gateway.Usage.Waiting.ShouldBe(0);
        stand.Attempts.ShouldBe(2);
        return "one account, of the provider that served, with the failed step in its trace";
    }
}
