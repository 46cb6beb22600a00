using GroqKit.Json;

namespace GroqKit.Chat;

/// <summary>Tokens that went in and came out.</summary>
public sealed record DebugData : GroqObject
{
    /// <summary>Ids that went in.</summary>
    public IReadOnlyList<int>? InputTokenIds { get; set; }

    /// <summary>Texts that went in.</summary>
    public IReadOnlyList<string>? InputTokens
    {
        get;
        set => field = AnswerList.Whole(value);
    }

    /// <summary>Ids that came out.</summary>
    public IReadOnlyList<int>? OutputTokenIds { get; set; }

    /// <summary>Texts that came out.</summary>
    public IReadOnlyList<string>? OutputTokens
    {
        get;
        set => field = AnswerList.Whole(value);
    }
}
