using GroqKit.Chat;

namespace GroqKit.Bench.Client;

internal sealed class Ours(GroqClientOptions options) : ICompetitor, IDisposable
{
    private readonly GroqClient _client = new(options);

    public string Name => "GroqKit";

    public async Task<int> ChatAsync()
    {
        ChatCompletion answer = await _client.Chat.CreateAsync(Request());
        return answer.Choices[0].Message.Content!.Length;
    }

    public async Task<int> StreamAsync()
    {
        int pieces = 0;
        await using ChatStream stream = await _client.Chat.StreamAsync(Request());
        await foreach (ChatChunk chunk in stream)
        {
            if (chunk.Text is { Length: > 0 })
                pieces++;
        }
        return pieces;
    }

    public void Dispose() => _client.Dispose();

    private static ChatRequest Request() =>
        new()
        {
            Model = Canned.Model,
            Messages = [ChatMessage.System("Be brief."), ChatMessage.User("Why do fast language models matter?")],
            Temperature = 0.2,
        };
}
