namespace GroqKit.Gateway.Infrastructure.Usage;

/// <summary>Keeps the journal ten times a second: what a power failure can take is at most that old.</summary>
internal sealed partial class JournalKeeper(UsageJournal journal, TimeProvider time, ILogger<JournalKeeper> logger)
    : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                Keep();
        }
        catch (OperationCanceledException)
        {
            // The journal itself does the last round when it is closed.
        }
    }

    private void Keep()
    {
        try
        {
            journal.Keep();
        }
        catch (IOException failure)
        {
            SyncFailed(failure);
        }
    }

    [LoggerMessage(
        23,
        LogLevel.Error,
        "The usage journal can't be synced to the disk; a power failure now would cost accounts"
    )]
    private partial void SyncFailed(Exception failure);
}
