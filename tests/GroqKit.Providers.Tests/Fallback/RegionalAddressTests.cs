using GroqKit.Providers.Configuration;
using GroqKit.Providers.Fallback;
using GroqKit.Providers.Fallback.Chat;
using GroqKit.Providers.Health;
using GroqKit.Simulator.Hosting;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Tests.Fallback;

[Requirement("PR-14")]
public sealed class RegionalAddressTests
{
    [Fact(Timeout = 60_000)]
    public async Task Calls_go_to_the_quicker_address_and_to_the_other_when_it_dies()
    {
        await using SimulatorServer near = await SimulatorServer.StartAsync();
        await using SimulatorServer far = await SimulatorServer.StartAsync();
        using ProviderSet providers = ProviderRegistry.Default.Create([
            new()
            {
                Name = "groq",
                Kind = "groq",
                Keys = [new() { Name = "a", ApiKey = "key-a" }, new() { Name = "b", ApiKey = "key-b" }],
                BaseUrls = [far.BaseAddress.AbsoluteUri, near.BaseAddress.AbsoluteUri],
                MaxRetries = 0,
            },
        ]);
        var engine = new FallbackEngine();
        FallbackChatClient chat = engine.CreateChatClient([new(providers.All[0], "openai/gpt-oss-20b")]);
        foreach (ProviderConnection connection in providers.All[0].Connections)
            Measure(engine, providers.All[0], connection, connection.Address.Port == near.BaseAddress.Port ? 40 : 400);

        FallbackStep[] steps = [.. await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => AskAsync(chat)))];
        steps.ShouldAllBe(step => step.Connection.Contains(near.BaseAddress.Authority));

        await near.DisposeAsync();
        (await AskAsync(chat)).Connection.ShouldContain(far.BaseAddress.Authority);
    }

    // What earlier calls taught; how long they took is given, since the machine's own speed is not the subject.
    private static void Measure(FallbackEngine engine, IProvider provider, ProviderConnection connection, int latency)
    {
        Lane lane = engine.Lanes.Of(provider, ProviderService.Llm, "openai/gpt-oss-20b", connection);
        lane.TryEnter(out LaneEntry entry);
        lane.Succeed(entry, TimeSpan.FromMilliseconds(latency));
    }

    private static async Task<FallbackStep> AskAsync(FallbackChatClient chat)
    {
        var trace = new FallbackTrace();
        await foreach (
            ChatResponseUpdate _ in chat.GetStreamingResponseAsync([new(ChatRole.User, "hello")], null, trace)
        ) { }
        return trace.Served!;
    }
}
