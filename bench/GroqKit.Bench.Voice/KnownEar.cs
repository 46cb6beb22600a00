using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace GroqKit.Bench.Voice;

/// <summary>Hears the same words in everything, after a known time.</summary>
internal sealed class KnownEar(Delays delays) : ISpeechToTextClient
{
    public async IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(
        Stream audioSpeechStream,
        SpeechToTextOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        await audioSpeechStream.CopyToAsync(Stream.Null, cancellationToken);
        await delays.WaitAsync(Delays.Hearing, counts: true, cancellationToken);
        yield return new SpeechToTextResponseUpdate("Tell me a story.")
        {
            Kind = SpeechToTextResponseUpdateKind.TextUpdated,
        };
    }

    public Task<SpeechToTextResponse> GetTextAsync(
        Stream audioSpeechStream,
        SpeechToTextOptions? options = null,
        CancellationToken cancellationToken = default
    ) => throw new InvalidOperationException("A turn streams.");

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() { }
}
