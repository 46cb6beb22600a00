using GroqKit.Simulator.Chat.Requests;

namespace GroqKit.Simulator.Chat.Answers;

/// <summary>The answer of a guard model: a probability; its completion is counted as nothing, as recorded from the real one.</summary>
internal static class InjectionScore
{
    private static readonly string[] Signs =
    [
        "ignore",
        "instructions",
        "system prompt",
        "jailbreak",
        "pretend",
        "disregard",
    ];

    public static ChatAnswer Of(ChatRequest request, int promptTokens)
    {
        int found = Signs.Count(sign => request.Prompt.Contains(sign, StringComparison.OrdinalIgnoreCase));
        double score = found == 0 ? 0.0004 : Math.Min(0.9998, 0.6 + 0.2 * found);
        return new ChatAnswer
        {
            Content = score.ToString("0.0000"),
            FinishReason = "stop",
            Tokens = new(promptTokens, 0, 0),
        };
    }
}
