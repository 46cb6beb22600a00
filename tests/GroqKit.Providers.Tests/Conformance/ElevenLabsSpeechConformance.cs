using GroqKit.Providers.Configuration;
using GroqKit.Providers.Tests.ElevenLabs;

namespace GroqKit.Providers.Tests.Conformance;

public sealed class ElevenLabsSpeechConformance : SpeechConformance
{
    private VoiceServer? _server;

    protected override async Task<IProvider> StartAsync()
    {
        _server = await VoiceServer.StartAsync();
        return ProviderRegistry.Default.Create([_server.Options]).All[0];
    }

    protected override Task StopAsync() => _server!.DisposeAsync().AsTask();
}
