using GroqKit.Bench.Client;
using GroqKit.Chat;
using Microsoft.Extensions.AI;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;
using ChatRole = Microsoft.Extensions.AI.ChatRole;

namespace GroqKit.Bench.Providers;

/// <summary>
/// The client with the ecosystem's objects on both sides and nothing else: no option but one is looked at, no error, no role, no other content. Less
/// than this no adapter can cost.
/// </summary>
internal sealed class TypesAlone(GroqClient client) : ICompetitor
{
    public string Name => "types alone";

    public async Task<int> ChatAsync() => (await AnswerAsync(Messages(), Options())).Text.Length;

    public async Task<int> StreamAsync()
    {
        int pieces = 0;
        await using ChatStream stream = await client.Chat.StreamAsync(Request(Messages(), Options()));
        await foreach (ChatChunk chunk in stream)
        {
            if (Update(chunk).Contents is [TextContent { Text.Length: > 0 }, ..])
                pieces++;
        }
        return pieces;
    }

    private async Task<ChatResponse> AnswerAsync(ChatMessage[] messages, ChatOptions options)
    {
        ChatCompletion answer = await client.Chat.CreateAsync(Request(messages, options));
        var message = new ChatMessage(ChatRole.Assistant, [new TextContent(answer.Text)]);
        return new ChatResponse(new List<ChatMessage>(1) { message })
        {
            Usage = new UsageDetails { InputTokenCount = answer.Usage!.PromptTokens },
            RawRepresentation = answer,
        };
    }

    private static ChatRequest Request(ChatMessage[] messages, ChatOptions options) =>
        new()
        {
            Model = Canned.Model,
            Messages =
            [
                new() { Role = messages[0].Role.Value, Content = messages[0].Text },
                new() { Role = messages[1].Role.Value, Content = messages[1].Text },
            ],
            Temperature = options.Temperature,
        };

    private static ChatResponseUpdate Update(ChatChunk chunk) =>
        new(ChatRole.Assistant, chunk.Text is { Length: > 0 } text ? [new TextContent(text)] : [])
        {
            RawRepresentation = chunk,
        };

    private static ChatMessage[] Messages() =>
        [new(ChatRole.System, "Be brief."), new(ChatRole.User, "Why do fast language models matter?")];

    private static ChatOptions Options() => new() { Temperature = 0.2f };
}
