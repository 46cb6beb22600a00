using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GroqKit.Providers;
using GroqKit.Voice.Tests.Sound;
using Microsoft.Extensions.AI;

namespace GroqKit.Voice.Tests.Turns;

/// <summary>Speaks a tone of 50 ms a character, or does what a test tells it to. Counts the calls that run.</summary>
internal sealed class ActedVoice(
    Func<string, CancellationToken, IAsyncEnumerable<TextToSpeechResponseUpdate>>? speak = null
) : ITextToSpeechClient
{
    public const int Rate = 24_000;
    public const double PerCharacter = 0.05;
    private int _running;

    public ConcurrentQueue<string> Texts { get; } = new();

    public int Running => Volatile.Read(ref _running);

    public int MostRunning { get; private set; }

    /// <param name="text">The text.</param>
    /// <param name="part">How much of the sound, 0 to 1.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async IAsyncEnumerable<TextToSpeechResponseUpdate> Tone(
        string text,
        double part = 1,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        short[] sound = Tones.Sine(Rate, 300, text.Length * PerCharacter * part);
        foreach (short[] block in sound.Chunk(Rate / 10))
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return Update(block);
        }
    }

    public static TextToSpeechResponseUpdate Update(short[] samples) =>
        new([new DataContent(MemoryMarshal.AsBytes<short>(samples).ToArray(), "audio/pcm")])
        {
            AdditionalProperties = new() { [SpeechProperties.SampleRate] = Rate },
        };

    public async IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(
        string text,
        TextToSpeechOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        Texts.Enqueue(text);
        int running = Interlocked.Increment(ref _running);
        lock (Texts)
            MostRunning = Math.Max(MostRunning, running);
        try
        {
            await foreach (
                TextToSpeechResponseUpdate update in (speak ?? ((words, cancel) => Tone(words, 1, cancel)))(
                    text,
                    cancellationToken
                )
            )
                yield return update;
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    public Task<TextToSpeechResponse> GetAudioAsync(
        string text,
        TextToSpeechOptions? options = null,
        CancellationToken cancellationToken = default
    ) => throw new InvalidOperationException("A turn streams.");

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() { }
}
