using GroqKit.Simulator.Hosting;

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
