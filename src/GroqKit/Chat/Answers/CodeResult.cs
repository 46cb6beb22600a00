using GroqKit.Json;

namespace GroqKit.Chat;

/// <summary>What code returned.</summary>
public sealed record CodeResult : GroqObject
{
    /// <summary>Text.</summary>
    public string? Text { get; set; }

    /// <summary>A picture, base64.</summary>
    public string? Png { get; set; }

    /// <summary>A chart.</summary>
    public Chart? Chart { get; set; }

    /// <summary>The charts of a superchart.</summary>
    public IReadOnlyList<Chart>? Charts
    {
        get;
        set => field = AnswerList.Whole(value);
    }
}
