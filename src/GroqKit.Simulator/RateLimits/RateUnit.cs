namespace GroqKit.Simulator.RateLimits;

internal enum RateUnit
{
    Requests,
    Tokens,
    AudioSeconds,
}
