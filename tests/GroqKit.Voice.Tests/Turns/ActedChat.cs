using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace GroqKit.Voice.Tests.Turns;

/// <summary>A model that says what a test tells it to, one script for each time that it is asked.</summary>
internal sealed class ActedChat(params Func<CancellationToken, IAsyncEnumerable<ChatResponseUpdate>>[] scripts)
    : IChatClient
{
    private int _asked;

    public List<List<ChatMessage>> Asked { get; } = [];

    public List<ChatOptions?> Options { get; } = [];

    public static ActedChat Says(params string[] tokens) => new(cancel => Tokens(tokens, cancel));

    public static async IAsyncEnumerable<ChatResponseUpdate> Tokens(
        IEnumerable<string> tokens,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        foreach (string token in tokens)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return new ChatResponseUpdate(ChatRole.Assistant, token) { ModelId = "acted-llm" };
        }
        yield return new ChatResponseUpdate(
            ChatRole.Assistant,
            [new UsageContent(new UsageDetails { InputTokenCount = 7, OutputTokenCount = 3 })]
        );
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        Asked.Add([.. messages]);
        Options.Add(options);
        return scripts[Math.Min(_asked++, scripts.Length - 1)](cancellationToken);
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    ) => GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() { }
}
