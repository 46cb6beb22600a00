namespace GroqKit.Gateway.Services.Jobs;

/// <summary>How long a job waits after a failed attempt: 5 s, doubled each time up to 10 min, lengthened by up to a fifth.</summary>
/// <param name="randomness">From 0 to 1, so that jobs that failed together don't come back together.</param>
internal sealed class JobBackoff(Func<double> randomness)
{
    private const double Jitter = 0.2;
    private const int MaxDoublings = 16;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <param name="attempts">How many were made, at least 1.</param>
    public TimeSpan After(int attempts)
    {
        TimeSpan wait = First * Math.Pow(2, Math.Clamp(attempts - 1, 0, MaxDoublings));
        return (wait < Longest ? wait : Longest) * (1 + Jitter * randomness());
    }
}
