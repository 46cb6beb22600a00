using System.Diagnostics.Metrics;

namespace GroqKit.Telemetry;

/// <summary>The boundaries of histograms, as advice to whoever collects.</summary>
internal static class Buckets
{
    /// <summary>Of the conventions, for times.</summary>
    public static InstrumentAdvice<double> Seconds { get; } =
        Of(0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);

    /// <summary>Of the conventions, for tokens.</summary>
    public static InstrumentAdvice<long> Tokens { get; } =
        new()
        {
            HistogramBucketBoundaries =
            [
                1,
                4,
                16,
                64,
                256,
                1024,
                4096,
                16_384,
                65_536,
                262_144,
                1_048_576,
                4_194_304,
                16_777_216,
                67_108_864,
            ],
        };

    public static InstrumentAdvice<double> OutputRate { get; } =
        Of(10, 25, 50, 100, 200, 300, 400, 500, 750, 1000, 1500, 2000, 3000);

    public static InstrumentAdvice<double> RequestDuration { get; } = Of(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5);

    public static InstrumentAdvice<double> FirstToken { get; } = Of(0.01, 0.025, 0.05, 0.1, 0.25, 0.5);

    private static InstrumentAdvice<double> Of(params double[] boundaries) =>
        new() { HistogramBucketBoundaries = boundaries };
}
