using System.Runtime.InteropServices;
using GroqKit.Providers.Health;

namespace GroqKit.Providers.Fallback;

/// <summary>A target by one of its provider's connections.</summary>
/// <param name="Target">Who.</param>
/// <param name="Lane">Which key and address, with their health.</param>
/// <param name="Choice">How it was chosen, when more than its place in the chain decided.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FallbackCandidate(FallbackTarget Target, Lane Lane, string? Choice);
