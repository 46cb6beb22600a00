using GroqKit.Gateway.Infrastructure.Redis;
using GroqKit.Gateway.Services.Limits.Leases;
using GroqKit.TestKit.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace GroqKit.Gateway.Tests.Infrastructure.Redis;

[Requirement("GW-20")]
public sealed class RedisLedgerStoreTests : LedgerStoreTests, IAsyncLifetime
{
    private RedisServer _server = null!;
    private RedisConnection _connection = null!;

    private protected override ILedgerStore Store => new RedisLedgerStore(_connection);

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(RedisServer.Installed is null, "Redis is not installed (Debian: redis-server).");
        _server = await RedisServer.StartAsync();
        _connection = new RedisConnection(
            RedisAddress.Parse(_server.Address),
            Time,
            NullLogger<RedisConnection>.Instance
        );
        await _connection.StartAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_restart_costs_no_call_that_comes_after_it()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        await ReadAsync("a");
        await _connection.AskAsync(redis => redis.ExecuteAsync("SCRIPT", "FLUSH"), cancellationToken);

        (await Store.ReadAsync("a", survivor: false, cancellationToken)).Reached.ShouldBeTrue();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is null)
            return;
        await _connection.DisposeAsync();
        await _server.DisposeAsync();
    }

    private protected override async Task ForgetAsync() =>
        (
            await _connection.AskAsync(redis => redis.ExecuteAsync("FLUSHALL"), TestContext.Current.CancellationToken)
        ).Reached.ShouldBeTrue();

    private protected override Task FreezeAsync() => _server.FreezeAsync();

    private protected override Task ThawAsync() => _server.ThawAsync();
}
