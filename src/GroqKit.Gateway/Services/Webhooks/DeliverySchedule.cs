namespace GroqKit.Gateway.Services.Webhooks;

/// <summary>
/// When a message that could not be delivered is sent again. The waits are those that Standard Webhooks publishes; each is lengthened by
/// up to a tenth, so that messages that failed together don't come back together.
/// </summary>
internal sealed class DeliverySchedule(Func<double> randomness)
{
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.Zero,
        TimeSpan.FromSeconds(5),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(5),
        TimeSpan.FromHours(10),
        TimeSpan.FromHours(14),
        TimeSpan.FromHours(20),
        TimeSpan.FromHours(24),
    ];

    private const double Jitter = 0.1;

    /// <summary>How many times a message is sent at most.</summary>
    public static int Attempts => Waits.Length;

    /// <summary>The wait before an attempt, counted from 0, or null when there are no more.</summary>
    /// <param name="attempt">How many attempts were made.</param>
    /// <param name="retryAfter">What the receiver asked for. It can only lengthen the wait, and to no more than a day.</param>
    public TimeSpan? Next(int attempt, TimeSpan? retryAfter = null)
    {
        if (attempt >= Waits.Length)
            return null;
        TimeSpan wait = Waits[attempt] * (1 + (Jitter * randomness()));
        if (retryAfter is not { } asked || asked <= wait)
            return wait;
        return asked < Waits[^1] ? asked : Waits[^1];
    }
}
