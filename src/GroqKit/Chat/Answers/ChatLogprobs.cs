using GroqKit.Json;

namespace GroqKit.Chat;

/// <summary>Log probabilities of an answer.</summary>
public sealed record ChatLogprobs : GroqObject
{
    /// <summary>One entry per token.</summary>
    public IReadOnlyList<TokenLogprob>? Content
    {
        get;
        set => field = AnswerList.Whole(value);
    }
}
