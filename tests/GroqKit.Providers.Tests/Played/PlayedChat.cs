using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Tests.Played;

internal sealed class PlayedChat(PlayedProvider provider, ProviderConnection? connection) : IChatClient
{
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    ) => await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        await foreach (var (content, finish) in Stage.PlayAsync(provider, connection, messages, cancellationToken))
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, content is null ? [] : [content])
            {
                FinishReason = finish is null ? null : new ChatFinishReason(finish),
            };
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() { }
}
