using System.Runtime.CompilerServices;
using GroqKit.Chat;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.AI.Chat;

/// <summary>Groq's chat as the ecosystem knows it. Immutable; safe for all threads.</summary>
internal sealed class GroqChatClient(GroqClient client, string? model, GroqChatClientOptions settings) : IChatClient
{
    private readonly ChatClientMetadata _metadata = new("groq", client.BaseAddress, model);
    private readonly RequestMapping _requests = new(model, settings);

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(messages);
        ChatRequest request = _requests.Map(this, messages, options);
        if (request.StreamOptions is not null)
            request = request with { StreamOptions = null };
        ChatCompletion answer = await client
            .Chat.CreateAsync(request, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        return ResponseMapping.Map(answer);
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(messages);
        _requests.Check(options);
        return StreamAsync(messages, options, cancellationToken);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        Services.Find(serviceType, serviceKey, this, _metadata, client, client.Chat);

    /// <summary>Does nothing: the client underneath is shared, and its owner's.</summary>
    public void Dispose() { }

    private async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        ChatRequest request = _requests.Map(this, messages, options);
        ChatStream stream = await client
            .Chat.StreamAsync(request, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        await using (((IAsyncDisposable)stream).ConfigureAwait(false))
        {
            var updates = new UpdateMapping();
            await foreach (ChatChunk chunk in stream.WithCancellation(cancellationToken).ConfigureAwait(false))
                yield return updates.Map(chunk);
            foreach (ChatResponseUpdate update in updates.Finish(stream.Snapshot()))
                yield return update;
        }
    }
}
