using GroqKit.Providers.Configuration;
using GroqKit.Simulator.Hosting;

namespace GroqKit.Providers.Tests.Conformance;

public sealed class GroqChatConformance : ChatConformance
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
                    Name = "groq",
                    Kind = "groq",
                    ApiKey = "test-key",
                    BaseUrl = _simulator.BaseAddress.AbsoluteUri,
                    MaxRetries = 0,
                },
            ])
            .All[0];
    }

    protected override Task StopAsync() => _simulator!.DisposeAsync().AsTask();
}
