using System.Runtime.InteropServices;

namespace GroqKit.Resilience;

/// <summary>The gate's answer to a call.</summary>
/// <param name="Ticket">When admitted: comes back through <see cref="RateGate.Settle"/> exactly once.</param>
/// <param name="Refusal">When refused: how long the call would have had to wait; null when admitted.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RateAdmission(RateTicket Ticket, TimeSpan? Refusal)
{
    public bool IsAdmitted => Refusal is null;
}
