using GroqKit.Providers.Configuration;
using GroqKit.Simulator.Hosting;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Tests.OpenAI;

[Requirement("PR-10")]
public sealed class OpenAITrafficTests : IAsyncLifetime
{
    private SimulatorServer _simulator = null!;
    private ProviderSet _set = null!;

    private IProvider OpenAI => _set.All[0];

    public async ValueTask InitializeAsync()
    {
        _simulator = await SimulatorServer.StartAsync();
        _set = ProviderRegistry.Default.Create([
            new()
            {
                Name = "openai",
                Kind = "openai",
                ApiKey = "key",
                BaseUrl = $"{_simulator.BaseAddress}sim/openai",
                MaxRetries = 0,
            },
        ]);
    }

    public async ValueTask DisposeAsync()
    {
        _set.Dispose();
        await _simulator.DisposeAsync();
    }

    [Fact]
    public async Task A_stream_counts_once_when_it_has_ended()
    {
        await OpenAI.CreateChatClient("gpt-4.1").GetStreamingResponseAsync("hello").ToListAsync();
        await OpenAI.CreateTextToSpeechClient("gpt-4o-mini-tts").GetStreamingAudioAsync("hello").ToListAsync();

        foreach (
            ProviderCondition seen in (ProviderCondition[])
                [
                    OpenAI.Observe(ProviderService.Llm, "gpt-4.1"),
                    OpenAI.Observe(ProviderService.TextToSpeech, "gpt-4o-mini-tts"),
                ]
        )
        {
            seen.Latency!.TotalMilliseconds!.Count.ShouldBe(1);
            seen.Latency.FirstTokenMilliseconds!.Count.ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_rate_limit_is_remembered_for_as_long_as_it_says()
    {
        _simulator.Faults.Set("429:retry-after=60", count: 1);

        await Should.ThrowAsync<ProviderException>(() => OpenAI.CreateChatClient("gpt-4.1").GetResponseAsync("hello"));

        ProviderCondition seen = OpenAI.Observe(ProviderService.Llm, "gpt-4.1");
        seen.IsAvailable.ShouldBeFalse();
        seen.RetryAfter!.Value.ShouldBeGreaterThan(TimeSpan.FromSeconds(1));
    }
}
