using Microsoft.Extensions.AI;

namespace GroqKit.Providers;

/// <summary>Raises one kind of exception whatever the client underneath raises.</summary>
internal sealed class TranslatingChatClient(IChatClient inner, IFailureTranslation failures, string? model)
    : DelegatingChatClient(inner)
{
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        Task<ChatResponse> answer = InnerClient.GetResponseAsync(messages, options, cancellationToken);
        return answer.IsCompletedSuccessfully ? answer : WaitAsync(answer, options);
    }

    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        TranslatedUpdates<ChatResponseUpdate>.Open(
            () => InnerClient.GetStreamingResponseAsync(messages, options, cancellationToken),
            failures,
            options?.ModelId ?? model
        );

    private async Task<ChatResponse> WaitAsync(Task<ChatResponse> answer, ChatOptions? options)
    {
        try
        {
            return await answer.ConfigureAwait(false);
        }
        catch (Exception error) when (failures.Handles(error))
        {
            throw failures.Translate(error, options?.ModelId ?? model);
        }
    }
}
