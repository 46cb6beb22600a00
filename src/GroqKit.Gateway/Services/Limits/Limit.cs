namespace GroqKit.Gateway.Services.Limits;

/// <summary>One limit: at most so much of something in a span of time.</summary>
/// <param name="Unit">What is counted.</param>
/// <param name="Window">Over which time.</param>
/// <param name="Amount">How much, 0 to 1,000,000,000; zero allows nothing. Whole but for audio seconds and cost.</param>
internal readonly record struct Limit(LimitUnit Unit, LimitWindow Window, decimal Amount)
{
    public const decimal MaxAmount = 1_000_000_000m;
}
