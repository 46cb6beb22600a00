namespace GroqKit.Resilience;

/// <summary>How long to wait before a retry, with jitter.</summary>
internal sealed class Backoff(RetryOptions options, Func<double> randomness)
{
    /// <summary>Which share of a wait that was asked for may be added to it.</summary>
    private const double RetryAfterShare = 0.1;

    private readonly double _baseSeconds = options.BaseDelay.TotalSeconds;
    private readonly double _maxSeconds = options.MaxDelay.TotalSeconds;
    private readonly double _jitter = options.Jitter;
    private readonly bool _fullJitter = options.FullJitter;
    private readonly double _maxRetryAfterJitter = options.MaxRetryAfterJitter.TotalSeconds;

    /// <summary>Exponentially growing.</summary>
    /// <param name="retry">0 for the first retry.</param>
    public TimeSpan Delay(int retry)
    {
        double seconds = Math.Min(_baseSeconds * Math.Pow(2, retry), _maxSeconds);
        double share = _fullJitter ? randomness() : 1 + _jitter * (2 * randomness() - 1);
        return TimeSpan.FromSeconds(seconds * share);
    }

    /// <summary>What a server asked for and a little more.</summary>
    /// <param name="asked">Never waited less than.</param>
    /// <param name="remaining">Until the call's deadline, which jitter must not be the reason to miss.</param>
    public TimeSpan After(TimeSpan asked, TimeSpan remaining)
    {
        double most = Math.Min(asked.TotalSeconds * RetryAfterShare, _maxRetryAfterJitter);
        double room = Math.Max(0, (remaining - asked).TotalSeconds / 2);
        return asked + TimeSpan.FromSeconds(Math.Min(most, room) * randomness());
    }
}
