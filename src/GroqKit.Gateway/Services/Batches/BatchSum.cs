using System.Runtime.InteropServices;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Services.Batches;

/// <summary>What the answered lines of a batch used of one model.</summary>
/// <param name="Lines">How many.</param>
/// <param name="Tokens">Their tokens.</param>
/// <param name="Audio">The length of what was heard.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BatchSum(long Lines, TokenUsage Tokens, TimeSpan Audio)
{
    public BatchSum Plus(TokenUsage tokens, TimeSpan audio) => new(Lines + 1, Tokens.Plus(tokens), Audio + audio);
}
