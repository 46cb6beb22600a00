using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Tests.Played;

internal sealed class PlayedTranscription(PlayedProvider provider, ProviderConnection? connection) : ISpeechToTextClient
{
    public async Task<SpeechToTextResponse> GetTextAsync(
        Stream audioSpeechStream,
        SpeechToTextOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        var contents = new List<AIContent>();
        await foreach (
            SpeechToTextResponseUpdate update in GetStreamingTextAsync(audioSpeechStream, options, cancellationToken)
        )
            contents.AddRange(update.Contents);
        return new SpeechToTextResponse(contents);
    }

    public async IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(
        Stream audioSpeechStream,
        SpeechToTextOptions? options = null,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        using var reader = new StreamReader(audioSpeechStream);
        ChatMessage[] asked = [new(ChatRole.User, await reader.ReadToEndAsync(cancellationToken))];
        await foreach (var (content, _) in Stage.PlayAsync(provider, connection, asked, cancellationToken))
            yield return new SpeechToTextResponseUpdate(content is null ? [] : [content]);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() { }
}
