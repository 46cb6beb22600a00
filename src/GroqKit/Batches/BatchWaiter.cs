using GroqKit.Resilience;

namespace GroqKit.Batches;

/// <summary>Looks at a batch again and again, ever less often, until it is final or the wait is over.</summary>
internal sealed class BatchWaiter(
    Func<CancellationToken, Task<Batch>> look,
    BatchWaitOptions options,
    TimeProvider time,
    Func<double> randomness
)
{
    // Beyond this many doublings every wait is the longest one.
    private const int MaxDoublings = 30;

    private readonly Backoff _backoff = new(
        new RetryOptions
        {
            BaseDelay = options.FirstDelay,
            MaxDelay = options.MaxDelay,
            Jitter = options.Jitter,
        },
        randomness
    );

    public async Task<BatchOutcome> WaitAsync(IProgress<Batch>? progress, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        Batch? latest = null;
        int failures = 0;
        for (int looks = 0; ; looks++)
        {
            TimeSpan delay = _backoff.Delay(Math.Min(looks, MaxDoublings));
            try
            {
                latest = await look(cancellationToken).ConfigureAwait(false);
                failures = 0;
                progress?.Report(latest);
                if (latest.Status.IsFinal)
                    return new BatchOutcome(EndingOf(latest.Status), latest);
            }
            // A batch runs for hours; a server that is down for minutes must not end the wait.
            catch (GroqException error) when (error.IsRetryable && ++failures <= options.MaxFailures)
            {
                if (error.RetryAfter > delay)
                    delay = error.RetryAfter.Value;
            }
            TimeSpan left = options.MaxWait - time.GetElapsedTime(start);
            if (left <= TimeSpan.Zero && latest is not null)
                return new BatchOutcome(BatchEnding.StillRunning, latest);
            if (left < delay)
                delay = left > TimeSpan.Zero ? left : options.FirstDelay;
            await Task.Delay(delay, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static BatchEnding EndingOf(BatchStatus status) =>
        status.Value switch
        {
            "completed" => BatchEnding.Completed,
            "failed" => BatchEnding.Failed,
            "expired" => BatchEnding.Expired,
            _ => BatchEnding.Cancelled,
        };
}
