using System.Text;
using GroqKit.Simulator.Hosting;
using GroqKit.Simulator.RateLimits;
using GroqKit.Simulator.Requests;

namespace GroqKit.Simulator.Tests.Hosting;

[Requirement("SM-01")]
public sealed class SimulatorServerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Twenty_servers_run_side_by_side_and_know_nothing_of_each_other()
    {
        Sim[] sims = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Sim.StartAsync()));

        sims[0].Server.Faults.Set("500");
        Reply[] replies = await Task.WhenAll(sims.Select(sim => sim.ChatAsync(Sim.Chat())));

        replies.Select(reply => reply.Status).ShouldBe([500, .. Enumerable.Repeat(200, 19)]);
        sims.Select(sim => sim.Server.BaseAddress).Distinct().Count().ShouldBe(20);
        sims.ShouldAllBe(sim => sim.Server.Requests.Count == 1);
        foreach (Sim sim in sims)
            await sim.DisposeAsync();
    }

    [Fact]
    public async Task A_stop_lets_a_running_stream_end()
    {
        var time = new ManualTimeProvider();
        await using Sim sim = await Sim.StartAsync(
            new SimulatorOptions { TimeProvider = time, FirstToken = TimeSpan.FromSeconds(5) }
        );
        using var request = new HttpRequestMessage(HttpMethod.Post, Sim.ChatPath)
        {
            Content = new StringContent(Sim.Chat("\"stream\":true"), Encoding.UTF8, "application/json"),
        };
        using HttpResponseMessage response = await sim.Http.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            Stop
        );

        // Headers leave before the wait begins; a clock moved in between would leave the wait behind it.
        await time.WhenArmedAsync().WaitAsync(TimeSpan.FromSeconds(30), Stop);

        Task stopping = sim.Server.StopAsync(Stop);
        stopping.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(5));

        (await response.Content.ReadAsStringAsync(Stop)).ShouldEndWith("data: [DONE]\n\n");
        await stopping.WaitAsync(TimeSpan.FromSeconds(30), Stop);
        await Should.ThrowAsync<HttpRequestException>(() => sim.ChatAsync(Sim.Chat()));
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_a_fault_that_never_ends()
    {
        await using Sim sim = await Sim.StartAsync();
        Task<Reply> hanging = sim.ChatAsync(Sim.Chat(), ("x-sim-fault", "hang"));
        await sim.Server.Requests.WaitForAsync(request => request.Fault is "hang", Stop);

        await sim.Server.StopAsync(Stop).WaitAsync(TimeSpan.FromSeconds(30), Stop);

        await Should.ThrowAsync<HttpRequestException>(() => hanging);
        sim.Server.Requests.Single().Outcome.ShouldBe(RequestOutcome.Faulted);
    }

    [Fact]
    public async Task Options_that_cannot_work_are_all_named()
    {
        var options = new SimulatorOptions
        {
            FirstToken = TimeSpan.FromSeconds(-1),
            TokensPerSecond = 0,
            AcceptedKeys = [],
            RateLimits = RateLimitPlan.Custom,
            MaxRequestBodyBytes = 1,
            RecordedRequests = -1,
        };

        var error = await Should.ThrowAsync<ArgumentException>(() => SimulatorServer.StartAsync(options, Stop));

        foreach (
            string name in (string[])
                [
                    "FirstToken",
                    "TokensPerSecond",
                    "AcceptedKeys",
                    "CustomLimits",
                    "MaxRequestBodyBytes",
                    "RecordedRequests",
                ]
        )
            error.Message.ShouldContain(name);
    }
}
