using GroqKit.Simulator.Chat.Answers;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.OpenAi.Chat;

/// <summary>What one chunk adds: words, the beginning of a call, or a piece of a call's arguments.</summary>
internal readonly record struct OpenAiDelta(string? Content, ToolCall? Begun, string? Arguments, int CallIndex)
{
    public static IEnumerable<OpenAiDelta> Of(ChatAnswer answer)
    {
        foreach (string piece in TokenRule.Pieces(answer.Content))
            yield return new(piece, null, null, 0);
        for (int i = 0; i < answer.Calls.Count; i++)
        {
            yield return new(null, answer.Calls[i], null, i);
            foreach (string piece in TokenRule.Pieces(answer.Calls[i].Arguments))
                yield return new(null, null, piece, i);
        }
    }
}
