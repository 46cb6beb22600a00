namespace GroqKit.Gateway.Services.Usage;

/// <summary>How quick calls were: the slowest of the quicker half, of 95 % and of 99 %.</summary>
/// <param name="P50">In milliseconds.</param>
/// <param name="P95">In milliseconds.</param>
/// <param name="P99">In milliseconds.</param>
internal sealed record LatencyPercentiles(double P50, double P95, double P99)
{
    /// <returns>Null where there is nothing to tell.</returns>
    public static LatencyPercentiles? Of(ReadOnlySpan<double> samples)
    {
        if (samples.IsEmpty)
            return null;
        double[] sorted = samples.ToArray();
        Array.Sort(sorted);
        return new LatencyPercentiles(At(sorted, 0.50), At(sorted, 0.95), At(sorted, 0.99));
    }

    private static double At(double[] sorted, double share) =>
        Math.Round(sorted[Math.Max((int)Math.Ceiling(sorted.Length * share) - 1, 0)], 1);
}
