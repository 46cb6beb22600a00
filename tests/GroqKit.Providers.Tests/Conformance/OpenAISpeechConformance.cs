using GroqKit.Providers.Configuration;
using GroqKit.Simulator.Hosting;

namespace GroqKit.Providers.Tests.Conformance;

public sealed class OpenAISpeechConformance : SpeechConformance
{
    private SimulatorServer? _simulator;

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
                    DefaultModels = { ["stt"] = "gpt-transcribe", ["tts"] = "gpt-4o-mini-tts" },
                },
            ])
            .All[0];
    }

    protected override Task StopAsync() => _simulator!.DisposeAsync().AsTask();
}
