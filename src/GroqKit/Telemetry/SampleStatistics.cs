namespace GroqKit.Telemetry;

/// <summary>What the last samples of a figure have in common.</summary>
/// <param name="Count">How many samples there are.</param>
/// <param name="Average">Their mean.</param>
/// <param name="P50">Half of them are at most that.</param>
/// <param name="P95">95 of 100 are at most that.</param>
/// <param name="P99">99 of 100 are at most that.</param>
public sealed record SampleStatistics(int Count, double Average, double P50, double P95, double P99);
