using System.Text.Json;
using GroqKit.Simulator.Hosting;

namespace GroqKit.Simulator.Tests.Faults;

[Requirement("SM-01")]
public sealed class FaultBoardTests
{
    private const string Path = "/sim/faults";

    [Fact]
    public async Task A_fault_set_for_two_requests_meets_two()
    {
        await using Sim sim = await Sim.StartAsync();

        Reply set = await sim.SendAsync("POST", Path, """{"fault":"503","count":2}""");
        int[] statuses = [.. await StatusesAsync(sim, 3)];

        set.Json.GetProperty("active")[0].GetProperty("remaining").GetInt32().ShouldBe(2);
        statuses.ShouldBe([503, 503, 200]);
        sim.Server.Faults.Standing.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_fault_for_one_model_leaves_the_others_alone()
    {
        await using Sim sim = await Sim.StartAsync();
        await sim.SendAsync("POST", Path, $$"""{"fault":"500","model":"{{Sim.Parallel}}"}""");

        (await sim.ChatAsync(Sim.Chat())).Status.ShouldBe(200);
        (await sim.ChatAsync(Sim.Chat(model: Sim.Parallel))).Status.ShouldBe(500);
        (await sim.SendAsync("GET", "/openai/v1/models")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("POST", """{"fault":null}""")]
    [InlineData("DELETE", null)]
    public async Task Faults_are_cleared(string method, string? body)
    {
        await using Sim sim = await Sim.StartAsync();
        sim.Server.Faults.Set("500");
        (await sim.SendAsync("GET", "/openai/v1/models")).Status.ShouldBe(500);

        Reply cleared = await sim.SendAsync(method, Path, body);

        cleared.Json.GetProperty("active").GetArrayLength().ShouldBe(0);
        (await sim.SendAsync("GET", "/openai/v1/models")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_fault_meets_as_many_of_a_hundred_requests_as_it_says()
    {
        await using Sim sim = await Sim.StartAsync(new SimulatorOptions { FaultSeed = 7 });
        await using Sim same = await Sim.StartAsync(new SimulatorOptions { FaultSeed = 7 });
        foreach (Sim one in (Sim[])[sim, same])
            one.Server.Faults.Set("503:percent=30");

        List<int> statuses = await StatusesAsync(sim, 100);
        List<int> again = await StatusesAsync(same, 100);

        statuses.Count(status => status == 503).ShouldBeInRange(18, 42);
        again.ShouldBe(statuses);
        sim.Server.Requests.Count(request => request.Fault is not null)
            .ShouldBe(statuses.Count(status => status == 503));
    }

    [Theory]
    [InlineData("500:percent=0", 200)]
    [InlineData("500:percent=100", 500)]
    [InlineData("500:percent=101", 400)]
    public async Task The_share_is_a_whole_number_of_a_hundred(string fault, int status)
    {
        await using Sim sim = await Sim.StartAsync();

        (await sim.ChatAsync(Sim.Chat(), ("x-sim-fault", fault))).Status.ShouldBe(status);
    }

    [Fact]
    public async Task The_list_explains_every_fault()
    {
        await using Sim sim = await Sim.StartAsync();

        Reply reply = await sim.SendAsync("GET", Path);

        string[] names =
        [
            .. reply.Json.GetProperty("known").EnumerateArray().Select(fault => fault.GetProperty("name").GetString()!),
        ];
        names.ShouldBeSubsetOf(names.Distinct());
        foreach (string name in (string[])["400", "429", "502", "cut", "stall", "error-event", "reset", "hang"])
            names.ShouldContain(name);
    }

    [Theory]
    [InlineData("{}", "fault")]
    [InlineData("""{"fault":"nope"}""", "fault")]
    [InlineData("""{"fault":"500","count":0}""", "count")]
    [InlineData("""{"fault":"500","often":1}""", "often")]
    [InlineData("""{"fault":"500","model":1}""", "model")]
    [InlineData("""[]""", "body")]
    public async Task A_mistake_names_its_field_and_sets_nothing(string body, string param)
    {
        await using Sim sim = await Sim.StartAsync();

        Reply reply = await sim.SendAsync("POST", Path, body);

        reply.Status.ShouldBe(400);
        reply.Error.GetProperty("param").GetString().ShouldBe(param);
        sim.Server.Faults.Standing.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_object_refuses_what_it_cannot_do()
    {
        await using Sim sim = await Sim.StartAsync();

        Should.Throw<ArgumentException>(() => sim.Server.Faults.Set("nope")).ParamName.ShouldBe("fault");
        Should.Throw<ArgumentOutOfRangeException>(() => sim.Server.Faults.Set("500", 0)).ParamName.ShouldBe("count");
    }

    private static async Task<List<int>> StatusesAsync(Sim sim, int count)
    {
        List<int> statuses = [];
        for (int i = 0; i < count; i++)
            statuses.Add((await sim.ChatAsync(Sim.Chat())).Status);
        return statuses;
    }
}
