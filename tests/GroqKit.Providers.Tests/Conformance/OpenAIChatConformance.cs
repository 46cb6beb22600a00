using GroqKit.Providers.Configuration;
using GroqKit.Simulator.Hosting;

namespace GroqKit.Providers.Tests.Conformance;

/// <summary>OpenAI's own dialect, with what its reasoning models refuse.</summary>
public sealed class OpenAIChatConformance : ChatConformance
{
    private SimulatorServer? _simulator;

    protected override string Model => "gpt-6-luna";

    protected override string ParallelModel => "gpt-6-luna";

    protected override string VisionModel => "gpt-4.1";

    protected override async Task<IProvider> StartAsync()
    {
        _simulator = await SimulatorServer.StartAsync();
        return ProviderRegistry
            .Default.Create([
                new()
                {
                    Name = "openai",
                    Kind = "openai",
                    ApiKey = "test-key",
                    BaseUrl = $"{_simulator.BaseAddress}sim/openai",
                    MaxRetries = 0,
                },
            ])
            .All[0];
    }

    protected override Task StopAsync() => _simulator!.DisposeAsync().AsTask();
}
