using GroqKit.Simulator.Chat.Requests;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.Chat.Answers;

/// <summary>Counts what a request puts in: text by <see cref="TokenRule"/>, four tokens around each message, three to open the answer.</summary>
internal static class PromptTokens
{
    private const int AroundMessage = 4;
    private const int BeforeAnswer = 3;

    // The most that one picture costs on the vision model.
    private const int PerImage = 2048;

    public static int Count(ChatRequest request)
    {
        int count = BeforeAnswer + request.OtherTokens + request.Tools.Sum(tool => tool.Tokens);
        foreach (ChatMessage message in request.Messages)
            count += AroundMessage + TokenRule.Count(message.Text) + message.Images * PerImage + message.OtherTokens;
        return count;
    }
}
