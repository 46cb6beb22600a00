using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Tests.Played;

internal sealed class PlayedSpeech(PlayedProvider provider, ProviderConnection? connection) : ITextToSpeechClient
{
    public async Task<TextToSpeechResponse> GetAudioAsync(
        string text,
        TextToSpeechOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        var contents = new List<AIContent>();
        await foreach (TextToSpeechResponseUpdate update in GetStreamingAudioAsync(text, options, cancellationToken))
            contents.AddRange(update.Contents);
        return new TextToSpeechResponse(contents);
    }

    public async IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(
        string text,
        TextToSpeechOptions? options = null,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        ChatMessage[] asked = [new(ChatRole.User, text)];
        await foreach (var (content, _) in Stage.PlayAsync(provider, connection, asked, cancellationToken))
            yield return new TextToSpeechResponseUpdate(content is null ? [] : [content]);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() { }
}
