using GroqKit.Bench.Client;
using Microsoft.Extensions.AI;

namespace GroqKit.Bench.Providers;

/// <summary>The ecosystem's chat, whoever is behind it: the same words as <see cref="Ours"/> sends.</summary>
internal sealed class ChatCompetitor(string name, IChatClient chat) : ICompetitor
{
    public string Name => name;

    public async Task<int> ChatAsync()
    {
        ChatResponse answer = await chat.GetResponseAsync(Messages(), Options());
        return answer.Text.Length;
    }

    public async Task<int> StreamAsync()
    {
        int pieces = 0;
        await foreach (ChatResponseUpdate update in chat.GetStreamingResponseAsync(Messages(), Options()))
        {
            if (update.Contents is [TextContent { Text.Length: > 0 }, ..])
                pieces++;
        }
        return pieces;
    }

    private static ChatMessage[] Messages() =>
        [new(ChatRole.System, "Be brief."), new(ChatRole.User, "Why do fast language models matter?")];

    private static ChatOptions Options() => new() { Temperature = 0.2f };
}
