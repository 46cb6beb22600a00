namespace GroqKit.Simulator.Pacing;

/// <summary>Holds one answer to its speed. Late tokens are not delayed further, so the rate holds on average whatever the timer's grain.</summary>
internal sealed class Pace(Speed speed, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>How long to wait before the token with that number (from 0); zero when it is due already.</summary>
    public TimeSpan Ahead(int token)
    {
        TimeSpan due = speed.Due(token);
        if (due == TimeSpan.Zero)
            return due;
        TimeSpan ahead = due - time.GetElapsedTime(_start);
        return ahead > TimeSpan.Zero ? ahead : TimeSpan.Zero;
    }

    public Task WaitAsync(TimeSpan ahead, CancellationToken cancellationToken) =>
        ahead <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(ahead, time, cancellationToken);
}
