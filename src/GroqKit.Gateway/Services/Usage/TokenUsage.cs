using System.Runtime.InteropServices;

namespace GroqKit.Gateway.Services.Usage;

/// <summary>Tokens of one call as the provider counts them.</summary>
/// <param name="Prompt">Of the request, cached ones included.</param>
/// <param name="Completion">Of the answer, reasoning included.</param>
/// <param name="Total">Both.</param>
/// <param name="Cached">How many of <paramref name="Prompt"/> came from the provider's cache.</param>
/// <param name="Reasoning">How many of <paramref name="Completion"/> were thoughts.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TokenUsage(
    long Prompt,
    long Completion,
    long Total,
    long Cached = 0,
    long Reasoning = 0
)
{
    public bool IsEmpty => Prompt == 0 && Completion == 0 && Total == 0;

    /// <summary>Providers report the same usage in several places of one stream: the larger counts, never the sum.</summary>
    public TokenUsage Larger(TokenUsage other) =>
        new(
            Math.Max(Prompt, other.Prompt),
            Math.Max(Completion, other.Completion),
            Math.Max(Total, other.Total),
            Math.Max(Cached, other.Cached),
            Math.Max(Reasoning, other.Reasoning)
        );

    /// <summary>What two attempts used together.</summary>
    public TokenUsage Plus(TokenUsage other) =>
        new(
            Prompt + other.Prompt,
            Completion + other.Completion,
            Total + other.Total,
            Cached + other.Cached,
            Reasoning + other.Reasoning
        );
}
