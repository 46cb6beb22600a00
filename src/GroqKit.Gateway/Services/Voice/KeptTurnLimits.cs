namespace GroqKit.Gateway.Services.Voice;

/// <summary>How many turns may be kept for their callers at once, those included that ended within the last minute.</summary>
/// <param name="PerKey">Of one key.</param>
/// <param name="PerNode">Of all keys on this node; each holds up to 4 MB.</param>
internal sealed record KeptTurnLimits(int PerKey, int PerNode);
