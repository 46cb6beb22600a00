using GroqKit.Simulator.Chat.Requests;

namespace GroqKit.Simulator.Chat.Answers;

/// <summary>
/// What a safeguard model makes of the last message, when the policy in its system message asks for a verdict as JSON.
/// </summary>
internal static class SafetyVerdict
{
    private static readonly string[] Signs = ["bomb", "weapon", "malware", "kill", "steal", "suicide"];

    /// <summary>Null for any other request.</summary>
    public static string? Of(ChatRequest request)
    {
        bool wanted =
            request.Format.IsJson
            && request.Messages.Any(message =>
                message.Role == "system" && message.Text.Contains("violation", StringComparison.OrdinalIgnoreCase)
            );
        if (!wanted)
            return null;
        int found = Signs.Count(sign => request.Prompt.Contains(sign, StringComparison.OrdinalIgnoreCase));
        double score = Math.Min(0.99, found == 0 ? InjectionScore.ScoreOf(request.Prompt) : 0.7 + (0.1 * found));
        return $$"""{"violation":{{(score >= 0.5 ? 1 : 0)}},"score":{{score:0.0000}}}""";
    }
}
