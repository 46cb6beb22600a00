using System.Runtime.InteropServices;

namespace GroqKit.Gateway.Services.Limits.Leases;

/// <summary>What calls that wait need.</summary>
/// <param name="Least">The smallest of them.</param>
/// <param name="Need">All of them together.</param>
/// <param name="Limit">How much the window allows.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LeaseAsk(long Least, long Need, long Limit);
