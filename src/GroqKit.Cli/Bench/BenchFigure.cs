namespace GroqKit.Cli.Bench;

/// <summary>A figure over all samples.</summary>
/// <param name="Name">What it is, with its unit.</param>
/// <param name="Key">Its name in JSON.</param>
/// <param name="Sorted">The values, the smallest first.</param>
internal sealed record BenchFigure(string Name, string Key, IReadOnlyList<double> Sorted)
{
    public static BenchFigure From(string name, string key, IEnumerable<double?> values) =>
        new(name, key, [.. values.OfType<double>().Order()]);

    /// <summary>The smallest value that this share of all is at most; NaN without values.</summary>
    /// <param name="share">From above 0 to 1.</param>
    public double Percentile(double share) =>
        Sorted.Count == 0 ? double.NaN : Sorted[Math.Max(0, (int)Math.Ceiling(share * Sorted.Count) - 1)];

    /// <summary>How many values lie in each of equal stretches from the smallest to the largest.</summary>
    public IReadOnlyList<(double From, double To, int Count)> Histogram(int stretches)
    {
        if (Sorted.Count == 0)
            return [];
        double from = Sorted[0];
        double step = (Sorted[^1] - from) / stretches;
        if (step <= 0)
            return [(from, from, Sorted.Count)];
        int[] counts = new int[stretches];
        foreach (double value in Sorted)
            counts[Math.Min(stretches - 1, (int)((value - from) / step))]++;
        return [.. counts.Select((count, index) => (from + index * step, from + (index + 1) * step, count))];
    }
}
