using System.Runtime.InteropServices;

namespace GroqKit.Resilience;

/// <summary>What the headers of one answer say about one limit.</summary>
/// <param name="Limit">The most that can be there.</param>
/// <param name="Remaining">What was there when the server looked.</param>
/// <param name="Reset">How long until all is there again; null when it was not said.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RateReading(double Limit, double Remaining, TimeSpan? Reset);
