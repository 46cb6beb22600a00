namespace GroqKit.Bench.Gateway.Endurance;

/// <summary>What a process held while some work ran, in kilobytes.</summary>
/// <param name="before">Before the work.</param>
/// <param name="looks">At every look, in their order; at least one.</param>
internal sealed class WatchedMemory(long before, IReadOnlyList<long> looks)
{
    public long Before => before;

    public long Most => looks.Max();

    /// <summary>The most in each third of the time: what grows with the work grows in the last one too.</summary>
    public string Thirds => string.Join(' ', Enumerable.Range(0, 3).Select(third => MostOf(third, 3)));

    private long MostOf(int part, int parts)
    {
        int from = Math.Min(looks.Count * part / parts, looks.Count - 1);
        int count = Math.Max(1, (looks.Count * (part + 1) / parts) - from);
        return looks.Skip(from).Take(count).Max();
    }
}
