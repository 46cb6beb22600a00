using System.Runtime.InteropServices;

namespace GroqKit.Gateway.Services.Usage;

/// <summary>Tokens of one call as the provider counts them.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TokenUsage(long Prompt, long Completion, long Total)
{
    public bool IsEmpty => Prompt == 0 && Completion == 0 && Total == 0;

    /// <summary>Providers report the same usage in several places of one stream: the larger counts, never the sum.</summary>
    public TokenUsage Larger(TokenUsage other) =>
        new(Math.Max(Prompt, other.Prompt), Math.Max(Completion, other.Completion), Math.Max(Total, other.Total));
}
