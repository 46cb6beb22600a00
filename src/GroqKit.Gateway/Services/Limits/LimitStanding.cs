using System.Runtime.InteropServices;

namespace GroqKit.Gateway.Services.Limits;

/// <summary>How much of a limit is left.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Remaining">What is left beside the call that asked, in the unit's smallest parts.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LimitStanding(Limit Limit, long Remaining);
