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

    /// <summary>How much a text looks like an attempt to take over, 0 to 1.</summary>
    public static double ScoreOf(string prompt)
    {
        int found = Signs.Count(sign => prompt.Contains(sign, StringComparison.OrdinalIgnoreCase));
        return found == 0 ? 0.0004 : Math.Min(0.9998, 0.6 + 0.2 * found);
    }

    public static ChatAnswer Of(ChatRequest request, int promptTokens)
    {
        double score = ScoreOf(request.Prompt);
        return new ChatAnswer
        {
            Content = score.ToString("0.0000"),
            FinishReason = "stop",
            Tokens = new(promptTokens, 0, 0),
        };
    }
}
