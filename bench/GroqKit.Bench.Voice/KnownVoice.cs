using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GroqKit.Providers;
using Microsoft.Extensions.AI;

namespace GroqKit.Bench.Voice;

/// <summary>Speaks a tone of 50 ms a character: the first of it after a known time, the rest ten times as fast as it is heard.</summary>
internal sealed class KnownVoice(Delays delays) : ITextToSpeechClient
{
    public const int Rate = 24_000;
    public const double BlockSeconds = 1.0 / BlocksASecond;
    public const double BlocksACharacter = 0.05 * BlocksASecond;
    private const int BlocksASecond = 10;

    // A sound of less is not taken for one.
    private const int BlocksAtOnce = 4;

    private int _calls;

    /// <summary>A tenth of a second of sound.</summary>
    public static byte[] Block { get; } = Tone();

    public async IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(
        string text,
        TextToSpeechOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        // The second piece is spoken beside the first: nobody waits for it.
        bool isFirst = Interlocked.Exchange(ref _calls, 1) == 0;
        await delays.WaitAsync(Delays.Speaking, counts: isFirst, cancellationToken);
        for (int block = 0; block < text.Length * BlocksACharacter; block++)
        {
            if (block >= BlocksAtOnce)
                await delays.WaitAsync(TimeSpan.FromSeconds(0.1 / BlocksASecond), counts: false, cancellationToken);
            yield return new([new DataContent(Block, "audio/pcm")])
            {
                AdditionalProperties = new() { [SpeechProperties.SampleRate] = Rate },
            };
        }
    }

    public Task<TextToSpeechResponse> GetAudioAsync(
        string text,
        TextToSpeechOptions? options = null,
        CancellationToken cancellationToken = default
    ) => throw new InvalidOperationException("A turn streams.");

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() { }

    private static byte[] Tone()
    {
        short[] samples = new short[Rate / BlocksASecond];
        for (int i = 0; i < samples.Length; i++)
            samples[i] = (short)(8_000 * Math.Sin(2 * Math.PI * 300 * i / Rate));
        return MemoryMarshal.AsBytes<short>(samples).ToArray();
    }
}
