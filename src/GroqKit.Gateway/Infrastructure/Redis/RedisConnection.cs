using System.Collections.Immutable;
using GroqKit.Gateway.Infrastructure.Guarding;
using GroqKit.Gateway.Services.Sharing;
using StackExchange.Redis;
using IRedis = StackExchange.Redis.IDatabase;

namespace GroqKit.Gateway.Infrastructure.Redis;

/// <summary>
/// The one connection to Redis. The gateway starts and serves without it; it is made in the background and made again whenever it is
/// lost. Thread-safe.
/// </summary>
internal sealed partial class RedisConnection : IHostedService, IAsyncDisposable
{
    /// <summary>Before every key and channel, so that the Redis can be shared.</summary>
    public const string Prefix = "groqkit:";

    private static readonly TimeSpan StartPatience = TimeSpan.FromMilliseconds(500);

    private readonly RedisAddress _address;
    private readonly TimeProvider _time;
    private readonly ILogger<RedisConnection> _logger;
    private readonly RemoteGuard _guard;
    private readonly Lock _gate = new();
    private ImmutableList<RedisSubscription> _subscriptions = [];
    private ConnectionMultiplexer? _multiplexer;
    private bool _disposed;

    public RedisConnection(RedisAddress address, TimeProvider time, ILogger<RedisConnection> logger)
    {
        _address = address;
        _time = time;
        _logger = logger;
        _guard = new RemoteGuard(
            "Redis",
            () => Database().PingAsync(),
            failure => failure is RedisServerException,
            time,
            logger
        );
    }

    /// <summary>False before it is there, while it is lost, and while Redis doesn't answer.</summary>
    public bool IsReachable => !_guard.IsAway && Volatile.Read(ref _multiplexer) is { IsConnected: true };

    /// <summary>Asks Redis, unless it is away.</summary>
    public ValueTask<SharedAnswer<T>> AskAsync<T>(Func<IRedis, Task<T>> ask, CancellationToken cancellationToken) =>
        IsReachable
            ? _guard.AskAsync(() => ask(Database()), cancellationToken)
            : ValueTask.FromResult(SharedAnswer<T>.None);

    /// <summary>Listens to a channel from now on, or from when the connection is there.</summary>
    public IDisposable Subscribe(string channel, Action<ReadOnlyMemory<byte>> receive, Action missed)
    {
        var subscription = new RedisSubscription(Prefix + channel, receive, missed, Drop);
        ConnectionMultiplexer? there;
        lock (_gate)
        {
            _subscriptions = _subscriptions.Add(subscription);
            there = _multiplexer;
        }
        if (there is not null)
            _ = ListenAsync(there, subscription);
        return subscription;
    }

    /// <summary>Begins to connect, and waits a moment because mostly it succeeds at once.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // The driver does a part of it on the thread that calls.
        Task connecting = Task.Run(ConnectAsync, CancellationToken.None);
        return Task.WhenAny(connecting, Task.Delay(StartPatience, _time, cancellationToken));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        ConnectionMultiplexer? there;
        lock (_gate)
        {
            // A container that made it for two of its names ends it twice.
            if (_disposed)
                return;
            _disposed = true;
            there = _multiplexer;
        }
        _guard.Dispose();
        if (there is not null)
            await there.CloseAsync(allowCommandsToComplete: false);
        there?.Dispose();
    }

    private async Task ConnectAsync()
    {
        try
        {
            ConnectionMultiplexer made = await ConnectionMultiplexer.ConnectAsync(_address.ToOptions());
            // Answers needn't wait for each other's continuations.
            made.PreserveAsyncOrder = false;
            made.ConnectionFailed += (_, lost) => Lost(_address, lost.FailureType);
            made.ConnectionRestored += (_, restored) => OnRestored(restored.ConnectionType);
            ImmutableList<RedisSubscription> waiting;
            lock (_gate)
            {
                if (_disposed)
                {
                    made.Dispose();
                    return;
                }
                Volatile.Write(ref _multiplexer, made);
                waiting = _subscriptions;
            }
            if (!made.IsConnected)
                NotThere(_address);
            foreach (RedisSubscription subscription in waiting)
                await ListenAsync(made, subscription);
        }
        catch (Exception failure)
        {
            Failed(_address, failure);
        }
    }

    private async Task ListenAsync(ConnectionMultiplexer connection, RedisSubscription subscription)
    {
        try
        {
            // The driver listens again by itself after the connection was lost.
            await connection
                .GetSubscriber()
                .SubscribeAsync(subscription.Channel, (_, message) => subscription.Receive((byte[]?)message ?? []));
        }
        catch (Exception failure)
        {
            NotListening(subscription.Channel, failure.Message);
        }
    }

    private void OnRestored(ConnectionType kind)
    {
        if (kind != ConnectionType.Subscription)
            return;
        Restored(_address);
        foreach (RedisSubscription subscription in _subscriptions)
            subscription.Missed();
    }

    private void Drop(RedisSubscription subscription)
    {
        lock (_gate)
            _subscriptions = _subscriptions.Remove(subscription);
    }

    private IRedis Database() =>
        Volatile.Read(ref _multiplexer)?.GetDatabase()
        ?? throw new InvalidOperationException("There is no connection yet.");

    [LoggerMessage(
        11,
        LogLevel.Warning,
        "Redis at {Address} isn't there yet; the gateway goes on without it until it is"
    )]
    private partial void NotThere(RedisAddress address);

    [LoggerMessage(12, LogLevel.Warning, "The connection to Redis at {Address} is lost ({Kind})")]
    private partial void Lost(RedisAddress address, ConnectionFailureType kind);

    [LoggerMessage(13, LogLevel.Warning, "The connection to Redis at {Address} is there again")]
    private partial void Restored(RedisAddress address);

    [LoggerMessage(14, LogLevel.Error, "Redis at {Address} can't be used")]
    private partial void Failed(RedisAddress address, Exception failure);

    [LoggerMessage(15, LogLevel.Error, "Can't listen to {Channel} on Redis: {Reason}")]
    private partial void NotListening(string channel, string reason);
}
