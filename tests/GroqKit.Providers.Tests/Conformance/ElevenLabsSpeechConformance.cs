using GroqKit.Providers.Configuration;
using GroqKit.Simulator.Hosting;

namespace GroqKit.Providers.Tests.Conformance;

public sealed class ElevenLabsSpeechConformance : SpeechConformance
{
    private SimulatorServer? _simulator;

    protected override async Task<IProvider> StartAsync()
    {
        _simulator = await SimulatorServer.StartAsync();
        return ProviderRegistry
            .Default.Create([
                new()
                {
                    Name = "elevenlabs",
                    Kind = "elevenlabs",
                    ApiKey = "test-key",
                    BaseUrl = $"{_simulator.BaseAddress}sim/elevenlabs",
                    MaxRetries = 0,
                    Voices = { ["default"] = "JBFqnCBsd6RMkjVDRZzb" },
                },
            ])
            .All[0];
    }

    protected override Task StopAsync() => _simulator!.DisposeAsync().AsTask();
}
