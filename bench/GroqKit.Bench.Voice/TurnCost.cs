namespace GroqKit.Bench.Voice;

/// <summary>What one turn took.</summary>
/// <param name="Own">From the end of speech to the first sound, without the providers.</param>
/// <param name="Gap">The longest that a caller who plays the sound as it comes would hear nothing.</param>
internal sealed record TurnCost(TimeSpan Own, TimeSpan Gap);
