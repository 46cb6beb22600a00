namespace GroqKit.AheadOfTime;

/// <summary>The result of a tool.</summary>
internal sealed record Weather(Sky Sky, int Celsius);
