using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Infrastructure.Redis;
using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace GroqKit.Gateway.Tests.Services.Snapshots;

[Requirement("GW-20", "GW-14")]
public sealed class ChangeSignalTests(TestDatabases databases)
{
    private static readonly TimeSpan SafetyTimeout = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_is_heard_over_postgresql_and_nobody_hears_who_has_stopped_to_listen()
    {
        string address = await databases.CreateAsync(Engine.Postgres);
        await using IDatabase database = TestDatabases.Open(address);
        using var signal = new PostgresChangeSignal(
            database,
            DatabaseAddress.Parse(address, "/"),
            TimeProvider.System,
            NullLogger<PostgresChangeSignal>.Instance
        );

        await HeardAsync(signal, () => signal.StartAsync(Cancelled));

        await signal.StopAsync(Cancelled);
    }

    [Fact]
    public async Task A_change_is_heard_over_redis()
    {
        Assert.SkipWhen(RedisServer.Installed is null, "Redis is not installed (Debian: redis-server).");
        await using RedisServer server = await RedisServer.StartAsync();
        await using var connection = new RedisConnection(
            RedisAddress.Parse(server.Address),
            TimeProvider.System,
            NullLogger<RedisConnection>.Instance
        );

        await HeardAsync(
            new SharedChangeSignal(new RedisSharedMemory(connection)),
            () => connection.StartAsync(Cancelled)
        );
    }

    [Fact]
    public async Task A_change_that_cannot_be_told_is_no_failure()
    {
        await using var away = new RedisConnection(
            RedisAddress.Parse("127.0.0.1:1"),
            TimeProvider.System,
            NullLogger<RedisConnection>.Instance
        );

        await new SharedChangeSignal(new RedisSharedMemory(away)).AnnounceAsync(Cancelled);

        away.IsReachable.ShouldBeFalse();
    }

    private static async Task HeardAsync(IChangeSignal signal, Func<Task> start)
    {
        int heard = 0;
        using var arrived = new SemaphoreSlim(0);
        using IDisposable listening = signal.Listen(() =>
        {
            Interlocked.Increment(ref heard);
            arrived.Release();
        });
        IDisposable stopped = signal.Listen(() => heard = int.MinValue);
        stopped.Dispose();
        await start();

        // The first may be the greeting of the connection; listening begins in the background.
        for (int i = 0; i < 2; i++)
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
            timeout.CancelAfter(SafetyTimeout);
            do await signal.AnnounceAsync(timeout.Token);
            while (!await arrived.WaitAsync(TimeSpan.FromMilliseconds(50), timeout.Token));
        }

        heard.ShouldBeGreaterThanOrEqualTo(2);
    }
}
