using System.Runtime.InteropServices;
using GroqKit.Resilience;

namespace GroqKit.Providers.Health;

/// <summary>Leave to make one call on a lane; it comes back with how the call ended.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LaneEntry(CircuitPermit Permit, long StartedAt);
