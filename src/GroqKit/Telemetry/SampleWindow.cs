namespace GroqKit.Telemetry;

/// <summary>The last samples of one figure. Adding takes no lock and allocates nothing; safe for all threads.</summary>
/// <param name="size">How many are kept.</param>
internal sealed class SampleWindow(int size)
{
    private readonly double[] _samples = new double[size];
    private long _count;

    public void Add(double sample)
    {
        long place = Interlocked.Increment(ref _count) - 1;
        Volatile.Write(ref _samples[place % _samples.Length], sample);
    }

    /// <summary>Null before the first sample. A sample that is being added by another thread may be missed.</summary>
    public SampleStatistics? Summarize()
    {
        int count = (int)Math.Min(Volatile.Read(ref _count), _samples.Length);
        if (count == 0)
            return null;
        double[] sorted = _samples[..count];
        Array.Sort(sorted);
        return new(count, sorted.Average(), Rank(sorted, 0.50), Rank(sorted, 0.95), Rank(sorted, 0.99));
    }

    // Nearest rank: the smallest sample that at least that share of all does not exceed.
    private static double Rank(double[] sorted, double share) =>
        sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
}
