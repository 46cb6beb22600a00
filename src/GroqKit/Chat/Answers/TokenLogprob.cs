using GroqKit.Json;

namespace GroqKit.Chat;

/// <summary>The log probability of a token.</summary>
public sealed record TokenLogprob : GroqObject
{
    /// <summary>The token.</summary>
    public string Token { get; set; } = "";

    /// <summary>Its log probability.</summary>
    public double Logprob { get; set; }

    /// <summary>Its UTF-8 bytes.</summary>
    public IReadOnlyList<int>? Bytes { get; set; }

    /// <summary>The likeliest tokens at this place.</summary>
    public IReadOnlyList<TokenLogprob>? TopLogprobs
    {
        get;
        set => field = AnswerList.Whole(value);
    }
}
