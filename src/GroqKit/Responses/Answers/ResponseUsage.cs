using System.Text.Json.Serialization;
using GroqKit.Telemetry;

namespace GroqKit.Responses;

/// <summary>Tokens of a response.</summary>
public sealed record ResponseUsage : GroqObject
{
    /// <summary>Tokens read.</summary>
    public int InputTokens { get; set; }

    /// <summary>How many of them came from the cache.</summary>
    public ResponseTokensDetails? InputTokensDetails { get; set; }

    /// <summary>Tokens written, thinking included.</summary>
    public int OutputTokens { get; set; }

    /// <summary>How many of them were thinking.</summary>
    public ResponseTokensDetails? OutputTokensDetails { get; set; }

    /// <summary>Both.</summary>
    public int TotalTokens { get; set; }

    /// <summary>Tokens read that came from the cache.</summary>
    [JsonIgnore]
    public int CachedTokens => InputTokensDetails?.CachedTokens ?? 0;

    /// <summary>Tokens written that were thinking.</summary>
    [JsonIgnore]
    public int ReasoningTokens => OutputTokensDetails?.ReasoningTokens ?? 0;

    internal TokenCounts Counts => new(InputTokens, OutputTokens, CachedTokens, OutputTokensDetails?.ReasoningTokens);
}
