namespace GroqKit.Bench.Gateway;

/// <summary>What the readers of streams saw, in microseconds.</summary>
internal sealed class ChunkTimes
{
    private readonly List<double> _delays = [];
    private readonly List<double> _shifts = [];

    /// <summary>Adds one stream: when each chunk was written upstream, and when it was read here.</summary>
    public void Add(IReadOnlyList<long> sent, IReadOnlyList<long> read, double ticksPerMicrosecond)
    {
        for (int i = 0; i < sent.Count; i++)
        {
            _delays.Add((read[i] - sent[i]) / ticksPerMicrosecond);
            if (i > 0)
                _shifts.Add(Math.Abs(read[i] - read[i - 1] - (sent[i] - sent[i - 1])) / ticksPerMicrosecond);
        }
    }

    /// <summary>Chunks; delay at p50 and p99; change of the time between two chunks at p50 and p99.</summary>
    public string ToLine()
    {
        _delays.Sort();
        _shifts.Sort();
        return $"CHUNKS {_delays.Count} {At(_delays, 0.50):0} {At(_delays, 0.99):0} {At(_shifts, 0.50):0} {At(_shifts, 0.99):0}";
    }

    private static double At(List<double> sorted, double rank) =>
        sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * rank))];
}
