using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.Faults;

/// <summary>The luck of one server: the same seed draws the same numbers in the same order. Safe for use from many threads.</summary>
internal sealed class FaultDraw(ulong seed)
{
    private const int Whole = 100;

    private long _drawn;

    /// <summary>Whether a fault that meets so many of a hundred requests meets this one.</summary>
    public bool Meets(int percent) => percent >= Whole || (percent > 0 && Next(Whole) < percent);

    /// <summary>A number from 0 up to, but not including, <paramref name="sides"/>.</summary>
    public int Next(int sides) => new Dice(Dice.Mix(seed) + (ulong)Interlocked.Increment(ref _drawn)).Roll(sides);
}
