using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Servers;

[assembly: AssemblyFixture(typeof(TestDatabases))]

namespace GroqKit.Gateway.Tests.Running;

/// <summary>Gives every test an empty database of its own. PostgreSQL is started when a test first asks for it, once for all tests.</summary>
public sealed class TestDatabases : IAsyncDisposable
{
    private readonly TempDirectory _folder = new();
    private readonly Lazy<Task<PostgresServer>> _postgres = new(PostgresServer.StartAsync);
    private int _files;

    /// <summary>The connection string of an empty database.</summary>
    public async Task<string> CreateAsync(Engine engine)
    {
        if (engine == Engine.Sqlite)
            return $"Data Source={_folder.At($"{Interlocked.Increment(ref _files)}.db")}";
        Assert.SkipWhen(PostgresServer.Installed is null, "PostgreSQL is not installed (Debian: postgresql).");
        PostgresServer server = await _postgres.Value;
        return await server.CreateDatabaseAsync();
    }

    /// <summary>An empty database, open.</summary>
    internal async Task<IDatabase> OpenAsync(Engine engine) => Open(await CreateAsync(engine));

    /// <summary>A database with the whole schema.</summary>
    internal async Task<IDatabase> OpenMigratedAsync(Engine engine)
    {
        IDatabase database = await OpenAsync(engine);
        await new Migrator(database, Migration.All, TimeProvider.System).RunAsync(
            TestContext.Current.CancellationToken
        );
        return database;
    }

    /// <summary>Another node's view of a database.</summary>
    internal static IDatabase Open(string connectionString) => DatabaseAddress.Parse(connectionString, "/").Create();

    public async ValueTask DisposeAsync()
    {
        if (_postgres.IsValueCreated)
            await (await _postgres.Value).DisposeAsync();
        _folder.Dispose();
    }
}
