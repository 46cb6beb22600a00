using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;
using OpenAI.Chat;

namespace GroqKit.Bench.Client;

/// <summary>The official OpenAI client for .NET, pointed at the same answers.</summary>
internal sealed class Official(HttpClient http, Uri address) : ICompetitor
{
    private readonly ChatClient _client = new(
        Canned.Model,
        new ApiKeyCredential("gsk_bench"),
        new OpenAIClientOptions { Endpoint = address, Transport = new HttpClientPipelineTransport(http) }
    );

    public string Name => "OpenAI .NET 2.15";

    public async Task<int> ChatAsync()
    {
        ClientResult<ChatCompletion> answer = await _client.CompleteChatAsync(Messages(), Options());
        return answer.Value.Content[0].Text.Length;
    }

    public async Task<int> StreamAsync()
    {
        int pieces = 0;
        await foreach (
            StreamingChatCompletionUpdate update in _client.CompleteChatStreamingAsync(Messages(), Options())
        )
        {
            if (update.ContentUpdate is [{ Text.Length: > 0 }, ..])
                pieces++;
        }
        return pieces;
    }

    private static ChatMessage[] Messages() =>
        [new SystemChatMessage("Be brief."), new UserChatMessage("Why do fast language models matter?")];

    private static ChatCompletionOptions Options() => new() { Temperature = 0.2f };
}
