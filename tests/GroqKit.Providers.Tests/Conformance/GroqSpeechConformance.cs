using GroqKit.Providers.Configuration;
using GroqKit.Simulator.Hosting;

namespace GroqKit.Providers.Tests.Conformance;

public sealed class GroqSpeechConformance : SpeechConformance
{
    private SimulatorServer? _simulator;

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
                    DefaultModels = { ["stt"] = "whisper-large-v3-turbo", ["tts"] = "canopylabs/orpheus-v1-english" },
                },
            ])
            .All[0];
    }

    protected override Task StopAsync() => _simulator!.DisposeAsync().AsTask();
}
