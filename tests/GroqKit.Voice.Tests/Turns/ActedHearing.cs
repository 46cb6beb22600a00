using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace GroqKit.Voice.Tests.Turns;

/// <summary>Hears what a test tells it to.</summary>
internal sealed class ActedHearing(Func<Stream, CancellationToken, Task<string>> hear) : ISpeechToTextClient
{
    public static ActedHearing Hears(string text) => new((_, _) => Task.FromResult(text));

    public async IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(
        Stream audioSpeechStream,
        SpeechToTextOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        string text = await hear(audioSpeechStream, cancellationToken);
        yield return new SpeechToTextResponseUpdate(text) { Kind = SpeechToTextResponseUpdateKind.TextUpdated };
    }

    public async Task<SpeechToTextResponse> GetTextAsync(
        Stream audioSpeechStream,
        SpeechToTextOptions? options = null,
        CancellationToken cancellationToken = default
    ) => new(await hear(audioSpeechStream, cancellationToken));

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() { }
}
