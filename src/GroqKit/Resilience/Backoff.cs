namespace GroqKit.Resilience;

/// <summary>Exponentially growing waits with jitter to both sides.</summary>
internal sealed class Backoff(RetryOptions options, Func<double> randomness)
{
    private readonly double _baseSeconds = options.BaseDelay.TotalSeconds;
    private readonly double _maxSeconds = options.MaxDelay.TotalSeconds;
    private readonly double _jitter = options.Jitter;

    /// <param name="retry">0 for the first retry.</param>
    public TimeSpan Delay(int retry)
    {
        double seconds = Math.Min(_baseSeconds * Math.Pow(2, retry), _maxSeconds);
        return TimeSpan.FromSeconds(seconds * (1 + _jitter * (2 * randomness() - 1)));
    }
}
