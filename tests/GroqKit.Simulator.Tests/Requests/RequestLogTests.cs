using System.Text;
using GroqKit.Simulator.Hosting;
using GroqKit.Simulator.Requests;

namespace GroqKit.Simulator.Tests.Requests;

[Requirement("SM-01")]
public sealed class RequestLogTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_asked_and_answered_is_recorded()
    {
        await using Sim sim = await Sim.StartAsync();
        Reply reply = await sim.ChatAsync(Sim.Chat(), ("x-mine", "yes"));

        RecordedRequest record = await sim.Server.Requests.WaitForAsync(request => request.EndedAt is not null, Stop);

        record.Id.ShouldBe(reply.Headers["x-request-id"]);
        record.Method.ShouldBe("POST");
        record.Path.ShouldBe(Sim.ChatPath);
        record.Headers["X-Mine"].ShouldBe("yes");
        record.BodyText.ShouldBe(Sim.Chat());
        record.Model.ShouldBe(Sim.Quick);
        record.Status.ShouldBe(200);
        record.Outcome.ShouldBe(RequestOutcome.Completed);
        record.Fault.ShouldBeNull();
    }

    [Fact]
    public async Task A_caller_that_leaves_in_mid_stream_is_noticed()
    {
        await using Sim sim = await Sim.StartAsync(new SimulatorOptions { TokensPerSecond = 1 });
        using var request = new HttpRequestMessage(HttpMethod.Post, Sim.ChatPath)
        {
            Content = new StringContent(Sim.Chat("\"stream\":true"), Encoding.UTF8, "application/json"),
        };
        HttpResponseMessage response = await sim.Http.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            Stop
        );

        response.Dispose();

        RecordedRequest record = await sim
            .Server.Requests.WaitForAsync(entry => entry.EndedAt is not null, Stop)
            .WaitAsync(TimeSpan.FromSeconds(30), Stop);
        record.Outcome.ShouldBe(RequestOutcome.ClientGone);
    }

    [Fact]
    public async Task The_log_keeps_the_last_ones()
    {
        await using Sim sim = await Sim.StartAsync(new SimulatorOptions { RecordedRequests = 2 });
        for (int i = 0; i < 4; i++)
            await sim.SendAsync("GET", $"/openai/v1/models?{i}");

        sim.Server.Requests.Select(request => request.Path).ShouldBe(["/openai/v1/models?2", "/openai/v1/models?3"]);
        sim.Server.Requests.Clear();
        sim.Server.Requests.Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_log_that_is_off_says_so()
    {
        await using Sim sim = await Sim.StartAsync(new SimulatorOptions { RecordedRequests = 0 });
        await sim.ChatAsync(Sim.Chat());

        sim.Server.Requests.ShouldBeEmpty();
        await Should.ThrowAsync<InvalidOperationException>(() => sim.Server.Requests.WaitForAsync(_ => true, Stop));
    }

    [Fact]
    public async Task What_a_predicate_throws_reaches_the_one_who_waits()
    {
        await using Sim sim = await Sim.StartAsync();
        Task<RecordedRequest> waiting = sim.Server.Requests.WaitForAsync(
            _ => throw new InvalidTimeZoneException("mine"),
            Stop
        );

        (await sim.ChatAsync(Sim.Chat())).Status.ShouldBe(200);

        await Should.ThrowAsync<InvalidTimeZoneException>(() => waiting);
    }
}
