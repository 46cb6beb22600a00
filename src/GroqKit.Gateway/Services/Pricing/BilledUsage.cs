using System.Runtime.InteropServices;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Services.Pricing;

/// <summary>All of one call that a provider charges for.</summary>
/// <param name="Tokens">Tokens; reasoning is contained in the completion and isn't charged again.</param>
/// <param name="Speech">Audio and characters.</param>
/// <param name="Tier">The tier that served; null for the usual one.</param>
/// <param name="ToolUses">How often the provider ran each of its own tools.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BilledUsage(
    TokenUsage Tokens,
    SpeechUsage Speech,
    string? Tier = null,
    IReadOnlyDictionary<string, long>? ToolUses = null
)
{
    public bool IsEmpty => Tokens.IsEmpty && Speech.IsEmpty && ToolUses is null;
}
