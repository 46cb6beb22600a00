namespace GroqKit.Simulator.Pacing;

/// <summary>How quickly answers come: the time to the first token, and tokens per second after it (null: as fast as possible).</summary>
internal sealed record Speed(TimeSpan FirstToken, double? TokensPerSecond)
{
    /// <summary>When the token with that number (from 0) is due, counted from the start of the answer.</summary>
    public TimeSpan Due(int token) =>
        TokensPerSecond is { } rate ? FirstToken + TimeSpan.FromSeconds(token / rate) : FirstToken;
}
