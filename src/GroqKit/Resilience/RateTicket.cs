using System.Runtime.InteropServices;

namespace GroqKit.Resilience;

/// <summary>What a call was admitted with, so that the gate can make sense of its answer.</summary>
/// <param name="Charged">What was taken from the limits.</param>
/// <param name="Asked">What the caller said it would need, before the gate's own experience was added.</param>
/// <param name="SentBefore">All that had been sent until then, this call excluded.</param>
/// <param name="Others">What was under way then, this call excluded.</param>
/// <param name="SentAt">Seconds of the gate's clock.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RateTicket(
    RateAmounts Charged,
    RateAmounts Asked,
    RateAmounts SentBefore,
    RateAmounts Others,
    double SentAt
);
