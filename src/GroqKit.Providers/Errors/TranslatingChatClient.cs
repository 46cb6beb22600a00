using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers;

/// <summary>Raises one kind of exception whatever the client underneath raises. Disposing of it leaves that client open.</summary>
internal sealed class TranslatingChatClient(IChatClient inner, IFailureTranslation failures, string? model)
    : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        Task<ChatResponse> answer = inner.GetResponseAsync(messages, options, cancellationToken);
        return answer.IsCompletedSuccessfully ? answer : WaitAsync(answer, options);
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            return new Updates(inner.GetStreamingResponseAsync(messages, options, cancellationToken), this, options);
        }
        catch (Exception error) when (failures.Handles(error))
        {
            throw Translate(error, options);
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(this)
            ? this
            : inner.GetService(serviceType, serviceKey);
    }

    public void Dispose() { }

    private async Task<ChatResponse> WaitAsync(Task<ChatResponse> answer, ChatOptions? options)
    {
        try
        {
            return await answer.ConfigureAwait(false);
        }
        catch (Exception error) when (failures.Handles(error))
        {
            throw Translate(error, options);
        }
    }

    private bool Handles(Exception error) => failures.Handles(error);

    private ProviderException Translate(Exception error, ChatOptions? options) =>
        failures.Translate(error, options?.ModelId ?? model);

    /// <summary>An iterator of its own would cost a second state machine for every piece.</summary>
    private sealed class Updates(
        IAsyncEnumerable<ChatResponseUpdate> source,
        TranslatingChatClient owner,
        ChatOptions? options
    ) : IAsyncEnumerable<ChatResponseUpdate>
    {
        public IAsyncEnumerator<ChatResponseUpdate> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
            new Enumerator(source.GetAsyncEnumerator(cancellationToken), owner, options);
    }

    private sealed class Enumerator(
        IAsyncEnumerator<ChatResponseUpdate> source,
        TranslatingChatClient owner,
        ChatOptions? options
    ) : IAsyncEnumerator<ChatResponseUpdate>
    {
        public ChatResponseUpdate Current => source.Current;

        public ValueTask<bool> MoveNextAsync()
        {
            ValueTask<bool> next = source.MoveNextAsync();
            return next.IsCompletedSuccessfully ? next : WaitAsync(next);
        }

        public ValueTask DisposeAsync() => source.DisposeAsync();

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
        private async ValueTask<bool> WaitAsync(ValueTask<bool> next)
        {
            try
            {
                return await next.ConfigureAwait(false);
            }
            catch (Exception error) when (owner.Handles(error))
            {
                throw owner.Translate(error, options);
            }
        }
    }
}
