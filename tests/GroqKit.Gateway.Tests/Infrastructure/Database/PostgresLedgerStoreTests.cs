using Dapper;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Services.Limits.Leases;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace GroqKit.Gateway.Tests.Infrastructure.Database;

public sealed class PostgresLedgerStoreTests : LedgerStoreTests, IAsyncLifetime
{
    private PostgresServer _server = null!;
    private IDatabase _database = null!;
    private PostgresLedgerStore _store = null!;

    private protected override ILedgerStore Store => _store;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(PostgresServer.Installed is null, "PostgreSQL is not installed (Debian: postgresql).");
        _server = await PostgresServer.StartAsync();
        _database = TestDatabases.Open(await _server.CreateDatabaseAsync());
        await new Migrator(_database, Migration.All, TimeProvider.System).RunAsync(
            TestContext.Current.CancellationToken
        );
        _store = new PostgresLedgerStore(_database, Time, NullLogger<PostgresLedgerStore>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is null)
            return;
        _store.Dispose();
        await _server.ThawAsync();
        await _database.DisposeAsync();
        await _server.DisposeAsync();
    }

    private protected override async Task ForgetAsync() =>
        await _database.ReadAsync(
            connection => connection.ExecuteAsync("TRUNCATE limit_ledgers"),
            TestContext.Current.CancellationToken
        );

    private protected override Task FreezeAsync() => _server.FreezeAsync();

    private protected override Task ThawAsync() => _server.ThawAsync();
}
