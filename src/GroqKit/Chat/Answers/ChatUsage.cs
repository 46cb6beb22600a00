using System.Text.Json.Serialization;
using GroqKit.Telemetry;

namespace GroqKit.Chat;

/// <summary>Tokens and times of a call. Times are in seconds.</summary>
public sealed record ChatUsage : GroqObject
{
    /// <summary>Tokens read.</summary>
    public int PromptTokens { get; set; }

    /// <summary>Tokens written, thinking included.</summary>
    public int CompletionTokens { get; set; }

    /// <summary>Both.</summary>
    public int TotalTokens { get; set; }

    /// <summary>Seconds in the queue; not part of the total time.</summary>
    public double? QueueTime { get; set; }

    /// <summary>Seconds of reading.</summary>
    public double? PromptTime { get; set; }

    /// <summary>Seconds of writing.</summary>
    public double? CompletionTime { get; set; }

    /// <summary>Seconds of reading and writing.</summary>
    public double? TotalTime { get; set; }

    /// <summary>How many prompt tokens came from the cache; absent when none did.</summary>
    public PromptTokensDetails? PromptTokensDetails { get; set; }

    /// <summary>How many completion tokens were thinking.</summary>
    public CompletionTokensDetails? CompletionTokensDetails { get; set; }

    /// <summary>Only within <see cref="XGroq"/> of a whole answer.</summary>
    public int? SramCachedTokens { get; set; }

    /// <summary>Only within <see cref="XGroq"/> of a whole answer.</summary>
    public int? DramCachedTokens { get; set; }

    /// <summary>Prompt tokens that came from the cache.</summary>
    [JsonIgnore]
    public int CachedTokens => PromptTokensDetails?.CachedTokens ?? 0;

    /// <summary>Completion tokens that were thinking.</summary>
    [JsonIgnore]
    public int ReasoningTokens => CompletionTokensDetails?.ReasoningTokens ?? 0;

    /// <summary>Completion tokens per second of writing, as Groq measured; null when it gave no time.</summary>
    [JsonIgnore]
    public double? TokensPerSecond => CompletionTime is > 0 ? CompletionTokens / CompletionTime : null;

    internal TokenCounts Counts =>
        new(PromptTokens, CompletionTokens, CachedTokens, CompletionTokensDetails?.ReasoningTokens);
}
