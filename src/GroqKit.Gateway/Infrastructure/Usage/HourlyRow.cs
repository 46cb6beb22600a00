namespace GroqKit.Gateway.Infrastructure.Usage;

/// <summary>What some records add to one row of <c>usage_hourly</c>.</summary>
/// <param name="Name">Which row.</param>
/// <param name="Sums">In the order of <see cref="HourlySums.Sums"/>.</param>
internal sealed record HourlyRow(HourlyName Name, long[] Sums);
