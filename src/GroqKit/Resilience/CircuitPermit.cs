using System.Runtime.InteropServices;

namespace GroqKit.Resilience;

/// <summary>Leave to make one call; it must come back with the outcome, whatever happens.</summary>
/// <param name="Era">The breaker's era in which the call began.</param>
/// <param name="Trial">The number of the trial; 0 for an ordinary call.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CircuitPermit(long Era, int Trial);
