using GroqKit.Simulator.Hosting;
using GroqKit.Simulator.Requests;

namespace GroqKit.Simulator.Tests.Faults;

[Requirement("SM-01", "PR-05")]
public sealed class NetworkFaultTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("slice:bytes=3")]
    [InlineData("slice:bytes=1,slice:bytes=5")]
    [InlineData("bandwidth:bytes=50000000")]
    public async Task A_poor_line_changes_nothing_of_the_answer(string fault)
    {
        await using Sim sim = await Sim.StartAsync();
        string stream = Sim.Chat("\"stream\":true,\"seed\":1");
        string speech = """{"model":"canopylabs/orpheus-v1-english","input":"Hello.","voice":"hannah"}""";

        Reply plain = await sim.SendAsync("POST", "/openai/v1/audio/speech", speech);
        Reply shaped = await sim.SendAsync("POST", "/openai/v1/audio/speech", speech, ("x-sim-fault", fault));
        Reply chat = await sim.ChatAsync(stream, ("x-sim-fault", fault));

        shaped.Bytes.ShouldBe(plain.Bytes);
        chat.Streamed().ShouldBe((await sim.ChatAsync(stream)).Streamed());
        chat.Events[^1].Data.ShouldBe("[DONE]");
    }

    [Fact]
    public async Task An_answer_breaks_off_after_so_many_bytes()
    {
        await using Sim sim = await Sim.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openai/v1/models");
        request.Headers.Add("x-sim-fault", "limit-data:bytes=40");

        using HttpResponseMessage response = await sim.Http.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            Stop
        );
        await using Stream body = await response.Content.ReadAsStreamAsync(Stop);
        byte[] read = new byte[40];
        await body.ReadExactlyAsync(read, Stop);

        await Should.ThrowAsync<IOException>(async () => await body.ReadExactlyAsync(new byte[1], Stop));
        sim.Server.Requests.Single().Outcome.ShouldBe(RequestOutcome.Faulted);
    }

    [Fact]
    public async Task A_slow_close_sends_everything_but_the_end()
    {
        var time = new ManualTimeProvider();
        await using Sim sim = await Sim.StartAsync(new SimulatorOptions { TimeProvider = time });
        string whole = (await sim.ChatAsync(Sim.Chat())).Text;
        using var request = new HttpRequestMessage(HttpMethod.Post, Sim.ChatPath)
        {
            Content = new StringContent(Sim.Chat(), System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("x-sim-fault", "slow-close:ms=3000");

        using HttpResponseMessage response = await sim.Http.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            Stop
        );
        await using Stream body = await response.Content.ReadAsStreamAsync(Stop);
        byte[] read = new byte[System.Text.Encoding.UTF8.GetByteCount(whole)];
        await body.ReadExactlyAsync(read, Stop);
        ValueTask<int> end = body.ReadAsync(new byte[1], Stop);
        bool isEarly = end.IsCompleted;
        await time.WhenArmedAsync().WaitAsync(TimeSpan.FromSeconds(30), Stop);
        time.Advance(TimeSpan.FromSeconds(3));

        isEarly.ShouldBeFalse();
        (await end).ShouldBe(0);
    }

    [Theory]
    [InlineData("upload-bandwidth:bytes=1000")]
    [InlineData("upload-latency:ms=50")]
    [InlineData("upload-stall:after=10;ms=50")]
    public async Task A_poor_line_for_the_request_changes_nothing_of_the_answer(string fault)
    {
        var time = new ManualTimeProvider();
        await using Sim sim = await Sim.StartAsync(new SimulatorOptions { TimeProvider = time });
        DateTimeOffset start = time.GetUtcNow();

        Task<Reply> reply = sim.ChatAsync(Sim.Chat("\"seed\":1"), ("x-sim-fault", fault));
        await time.WhenArmedAsync().WaitAsync(TimeSpan.FromSeconds(30), Stop);
        while (!reply.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.WhenAny(time.WhenArmedAsync(), reply).WaitAsync(TimeSpan.FromSeconds(30), Stop);
        }

        (await reply).Status.ShouldBe(200);
        (time.GetUtcNow() - start).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(50));
        sim.Server.Requests.Single().BodyText.ShouldBe(Sim.Chat("\"seed\":1"));
    }

    [Fact]
    public async Task An_upload_is_cut_before_it_is_over()
    {
        await using Sim sim = await Sim.StartAsync();

        await Should.ThrowAsync<HttpRequestException>(() =>
            sim.ChatAsync(Sim.Chat(), ("x-sim-fault", "upload-cut:after=5"))
        );

        RecordedRequest cut = await sim.Server.Requests.WaitForAsync(
            request => request.Outcome is not RequestOutcome.Running,
            Stop
        );
        cut.Status.ShouldBe(0);
    }

    [Fact]
    public async Task Latency_holds_a_body_back_by_its_time()
    {
        var time = new ManualTimeProvider();
        await using Sim sim = await Sim.StartAsync(new SimulatorOptions { TimeProvider = time });

        Task<Reply> reply = sim.ChatAsync(Sim.Chat(), ("x-sim-fault", "latency:ms=5000"));
        await time.WhenArmedAsync().WaitAsync(TimeSpan.FromSeconds(30), Stop);
        bool isEarly = reply.IsCompleted;
        time.Advance(TimeSpan.FromSeconds(5));

        isEarly.ShouldBeFalse();
        (await reply).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Bandwidth_makes_a_body_take_the_time_of_its_length()
    {
        var time = new ManualTimeProvider();
        await using Sim sim = await Sim.StartAsync(new SimulatorOptions { TimeProvider = time });
        DateTimeOffset start = time.GetUtcNow();

        Task<Reply> reply = sim.ChatAsync(Sim.Chat(), ("x-sim-fault", "bandwidth:bytes=1000"));
        while (!reply.IsCompleted)
        {
            await Task.WhenAny(time.WhenArmedAsync(), reply).WaitAsync(TimeSpan.FromSeconds(30), Stop);
            if (!reply.IsCompleted)
                time.Advance(TimeSpan.FromMilliseconds(100));
        }

        double least = (await reply).Bytes.Length / 1000.0 - 0.001;
        (time.GetUtcNow() - start).TotalSeconds.ShouldBeGreaterThan(least);
    }
}
