namespace GroqKit.Telemetry;

/// <summary>What one of several models did for a call.</summary>
internal sealed record ModelTokens(string Model, TokenCounts Tokens);
