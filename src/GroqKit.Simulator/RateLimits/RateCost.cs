namespace GroqKit.Simulator.RateLimits;

/// <summary>What one request takes of its limits at admission, besides being a request.</summary>
internal readonly record struct RateCost(int Tokens = 0, int AudioSeconds = 0)
{
    public int Of(RateUnit unit) =>
        unit switch
        {
            RateUnit.Tokens => Tokens,
            RateUnit.AudioSeconds => AudioSeconds,
            _ => 1,
        };
}
