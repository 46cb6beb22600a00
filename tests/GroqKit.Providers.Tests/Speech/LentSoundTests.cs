using System.Runtime.InteropServices;
using GroqKit.Providers.Configuration;
using GroqKit.Simulator.Hosting;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Tests.Speech;

/// <summary>Sound that is lent says the same as sound that is given, without memory of its own for every piece.</summary>
[Requirement("PR-03", "PR-04")]
public sealed class LentSoundTests : IAsyncLifetime
{
    private const string Text =
        "What is lent is given back before anything else is asked for, and what is given is kept.";

    private SimulatorServer _simulator = null!;
    private ProviderSet _set = null!;

    public async ValueTask InitializeAsync()
    {
        _simulator = await SimulatorServer.StartAsync();
        _set = ProviderRegistry.Default.Create([
            SimulatedProviders.OpenAI(_simulator),
            SimulatedProviders.ElevenLabs(_simulator),
        ]);
    }

    public async ValueTask DisposeAsync()
    {
        _set.Dispose();
        await _simulator.DisposeAsync();
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("elevenlabs")]
    public async Task Lent_sound_is_the_same_sound_in_the_same_memory(string provider)
    {
        (byte[] given, HashSet<byte[]> owned) = await StreamAsync(provider, isLent: false);
        (byte[] lent, HashSet<byte[]> shared) = await StreamAsync(provider, isLent: true);

        lent.ShouldBe(given);
        shared.Count.ShouldBe(1);
        owned.Count.ShouldBeGreaterThan(1);
        owned.Sum(array => array.Length).ShouldBe(given.Length);
    }

    private async Task<(byte[] Sound, HashSet<byte[]> Arrays)> StreamAsync(string provider, bool isLent)
    {
        using ITextToSpeechClient client = _set.Find(provider)!.CreateTextToSpeechClient();
        var options = new TextToSpeechOptions
        {
            AudioFormat = "pcm",
            AdditionalProperties = isLent ? new() { [SpeechProperties.LentSound] = true } : null,
        };
        var sound = new List<byte>();
        var arrays = new HashSet<byte[]>();
        await foreach (
            TextToSpeechResponseUpdate update in client.GetStreamingAudioAsync(
                Text,
                options,
                TestContext.Current.CancellationToken
            )
        )
        {
            foreach (DataContent part in update.Contents.OfType<DataContent>())
            {
                sound.AddRange(part.Data.Span);
                if (MemoryMarshal.TryGetArray(part.Data, out ArraySegment<byte> segment))
                    arrays.Add(segment.Array!);
            }
        }
        return ([.. sound], arrays);
    }
}
