using GroqKit.Providers.Configuration;
using GroqKit.Simulator.Hosting;

namespace GroqKit.Providers.Tests.Conformance;

/// <summary>The OpenAI kind at a server that is not OpenAI: Groq's own address, without a rule of Groq's in the client.</summary>
public sealed class CompatibleChatConformance : ChatConformance
{
    private SimulatorServer? _simulator;

    protected override string Model => "openai/gpt-oss-120b";

    protected override string ParallelModel => "qwen/qwen3.8-27b";

    protected override string VisionModel => "qwen/qwen3.8-27b";

    protected override async Task<IProvider> StartAsync()
    {
        _simulator = await SimulatorServer.StartAsync();
        return ProviderRegistry
            .Default.Create([
                new()
                {
                    Name = "compatible",
                    Kind = "openai",
                    ApiKey = "test-key",
                    BaseUrl = $"{_simulator.BaseAddress}openai/v1",
                    MaxRetries = 0,
                },
            ])
            .All[0];
    }

    protected override Task StopAsync() => _simulator!.DisposeAsync().AsTask();
}
