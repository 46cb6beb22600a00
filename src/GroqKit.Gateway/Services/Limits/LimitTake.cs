using System.Runtime.InteropServices;

namespace GroqKit.Gateway.Services.Limits;

/// <summary>Whether an amount was granted.</summary>
/// <param name="Granted">True when it was taken.</param>
/// <param name="Stamp">Which part of the window it was taken from; needed to correct it.</param>
/// <param name="Remaining">What was left before.</param>
/// <param name="RetryAfter">When the amount may be there; null when waiting doesn't help, or it isn't known.</param>
/// <param name="Unavailable">True when it was refused because it can't be known now whether anything is left.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LimitTake(
    bool Granted,
    long Stamp,
    long Remaining,
    TimeSpan? RetryAfter,
    bool Unavailable = false
)
{
    /// <summary>Refused for now, because nothing can be known.</summary>
    public static LimitTake NotKnown { get; } = new(false, 0, 0, TimeSpan.FromSeconds(1), Unavailable: true);
}
