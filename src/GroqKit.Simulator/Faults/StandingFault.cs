namespace GroqKit.Simulator.Faults;

/// <summary>A fault set for all requests to come.</summary>
/// <param name="Fault">The fault as it was written, for example <c>429:retry-after=2</c>.</param>
/// <param name="Model">The only model it applies to; null for every request of any kind.</param>
/// <param name="Remaining">How many more requests it meets; null for all until cleared.</param>
public sealed record StandingFault(string Fault, string? Model, int? Remaining);
