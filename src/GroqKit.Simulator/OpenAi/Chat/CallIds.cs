using GroqKit.Simulator.Chat.Answers;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.OpenAi.Chat;

/// <summary>Gives tool calls ids in OpenAI's form.</summary>
internal static class CallIds
{
    public static ChatAnswer Renamed(ChatAnswer answer, ulong seed) =>
        answer.Calls.Count == 0
            ? answer
            : answer with
            {
                Calls =
                [
                    .. answer.Calls.Select(
                        (call, i) => call with { Id = $"call_{Identifiers.Request(seed + (ulong)i)[6..]}" }
                    ),
                ],
            };
}
