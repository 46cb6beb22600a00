using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace GroqKit.Bench.Voice;

/// <summary>Writes the same answer to everything, all of it after a known time.</summary>
internal sealed class KnownModel(Delays delays) : IChatClient
{
    public static IReadOnlyList<string> Answer { get; } =
    [
        "Of course, my friend, ",
        "here is one. ",
        "The first sentence of the story is long enough to be spoken by itself, as it should be. ",
        "The second sentence has a length of its own, quite like the first one had before it. ",
        "The third and last of them, finally, has everything that the others had, and an end.",
    ];

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        await delays.WaitAsync(Delays.Answering, counts: true, cancellationToken);
        foreach (string token in Answer)
            yield return new ChatResponseUpdate(ChatRole.Assistant, token);
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    ) => throw new InvalidOperationException("A turn streams.");

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() { }
}
