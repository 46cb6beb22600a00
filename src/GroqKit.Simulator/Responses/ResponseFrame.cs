using GroqKit.Simulator.Chat.Answers;

namespace GroqKit.Simulator.Responses;

/// <summary>A response as it is written, whole or in events.</summary>
internal sealed record ResponseFrame(string Id, long CreatedAt, ResponseRequest Request, ChatAnswer Answer)
{
    /// <summary>incomplete when the tokens ran out.</summary>
    public string Status => Answer.FinishReason is "length" ? "incomplete" : "completed";
}
