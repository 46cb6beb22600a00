using System.Collections.Immutable;
using Dapper;
using GroqKit.Gateway.Services.Snapshots;
using Npgsql;

namespace GroqKit.Gateway.Infrastructure.Database;

/// <summary>
/// Tells of changes by PostgreSQL's NOTIFY, over one connection that only listens. Where a pooler lies between that doesn't pass
/// notifications on, nodes still ask.
/// </summary>
internal sealed partial class PostgresChangeSignal(
    IDatabase database,
    DatabaseAddress address,
    TimeProvider time,
    ILogger<PostgresChangeSignal> logger
) : BackgroundService, IChangeSignal
{
    private const string Channel = "groqkit_configuration";

    // Finds out that the other side is gone without a word.
    private const int KeepAliveSeconds = 15;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AnnounceTimeout = TimeSpan.FromMilliseconds(500);

    private ImmutableList<Action> _listeners = [];

    public async ValueTask AnnounceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await database
                .ReadAsync(connection => connection.ExecuteAsync($"NOTIFY {Channel}"), cancellationToken)
                .WaitAsync(AnnounceTimeout, time, cancellationToken);
        }
        catch (Exception failure) when (failure is DatabaseException or TimeoutException)
        {
            NotAnnounced(failure.Message);
        }
    }

    public IDisposable Listen(Action changed)
    {
        ImmutableInterlocked.Update(ref _listeners, (all, one) => all.Add(one), changed);
        return new Listening(() => ImmutableInterlocked.Update(ref _listeners, (all, one) => all.Remove(one), changed));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(address.ConnectionString)
        {
            Pooling = false,
            KeepAlive = KeepAliveSeconds,
        };
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(settings.ConnectionString, stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                NotListening(failure.Message);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task ListenAsync(string connectionString, CancellationToken stoppingToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(stoppingToken);
        connection.Notification += (_, _) => Tell();
        await connection.ExecuteAsync($"LISTEN {Channel}");
        // What happened before this moment was told to nobody.
        Tell();
        while (true)
            await connection.WaitAsync(stoppingToken);
    }

    private void Tell()
    {
        foreach (Action changed in _listeners)
            changed();
    }

    [LoggerMessage(1, LogLevel.Debug, "Other nodes could not be told of a change; they will ask: {Reason}")]
    private partial void NotAnnounced(string reason);

    [LoggerMessage(2, LogLevel.Debug, "Not listening for changes; this node asks for them instead: {Reason}")]
    private partial void NotListening(string reason);

    private sealed class Listening(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
