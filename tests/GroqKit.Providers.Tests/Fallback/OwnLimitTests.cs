using GroqKit.Providers.Configuration;
using GroqKit.Providers.Fallback;
using GroqKit.Simulator.Hosting;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Tests.Fallback;

[Requirement("PR-09", "PR-10")]
public sealed class OwnLimitTests
{
    [Theory]
    [InlineData("groq", "", "openai/gpt-oss-20b")]
    [InlineData("openai", "sim/openai", "gpt-4.1")]
    public async Task A_cap_of_our_own_that_is_used_up_leads_to_the_next_at_once(string kind, string path, string model)
    {
        await using SimulatorServer simulator = await SimulatorServer.StartAsync();
        string address = $"{simulator.BaseAddress}{path}";
        using ProviderSet providers = ProviderRegistry.Default.Create([
            Options("capped", kind, address, perMinute: 1),
            Options("free", kind, address, perMinute: null),
        ]);
        using IChatClient chat = new FallbackEngine().CreateChatClient([
            .. providers.All.Select(one => new FallbackTarget(one, model)),
        ]);

        FallbackTrace first = Trace(await chat.GetResponseAsync("hello"));
        FallbackTrace second = Trace(await chat.GetResponseAsync("hello"));

        first.Served!.Provider.ShouldBe("capped");
        first.FellBack.ShouldBeFalse();
        second.Served!.Provider.ShouldBe("free");
        // Whether it was put last or passed over, it was not asked.
        second
            .Steps.Where(step => step.Provider == "capped")
            .ShouldAllBe(step => step.Outcome == FallbackStepOutcome.Skipped);
        providers.All[0].FindWait(ProviderService.Llm, model).ShouldBeGreaterThan(TimeSpan.FromSeconds(30));
        providers.All[1].FindWait(ProviderService.Llm, model).ShouldBe(TimeSpan.Zero);
    }

    private static FallbackTrace Trace(ChatResponse answer) =>
        (FallbackTrace)answer.AdditionalProperties![FallbackTrace.PropertyName]!;

    private static ProviderOptions Options(string name, string kind, string address, int? perMinute) =>
        new()
        {
            Name = name,
            Kind = kind,
            ApiKey = "key",
            BaseUrl = address,
            RateLimitRpm = perMinute,
        };
}
