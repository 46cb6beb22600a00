using System.Globalization;

namespace GroqKit.TestKit.Servers;

/// <summary>
/// A PostgreSQL server of this test run: a child process on a free loopback port, its data in a temporary folder, never run as root.
/// Thread-safe.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Owner = "groqkit";

    // PostgreSQL refuses to run as root; Debian's package makes this user.
    private const string SystemUser = "postgres";

    private static readonly string[] Settings =
    [
        "listen_addresses=127.0.0.1",
        "unix_socket_directories=",
        "max_connections=300",
        // The data needn't outlive the machine.
        "fsync=off",
        "full_page_writes=off",
        "synchronous_commit=off",
        "logging_collector=off",
    ];

    private readonly TempDirectory _folder;
    private readonly string _bin;
    private readonly int _port;
    private ChildServer _server;
    private int _databases;

    private PostgresServer(TempDirectory folder, string bin, int port, ChildServer server)
    {
        _folder = folder;
        _bin = bin;
        _port = port;
        _server = server;
    }

    /// <summary>Where the newest installed server's programs are; null when none is installed.</summary>
    public static string? Installed { get; } = Find();

    /// <exception cref="InvalidOperationException">It isn't installed, or doesn't start; the message holds its output.</exception>
    public static async Task<PostgresServer> StartAsync()
    {
        string bin = Installed ?? throw new InvalidOperationException("PostgreSQL is not installed.");
        var folder = new TempDirectory();
        try
        {
            if (Environment.IsPrivilegedProcess)
                await ChildServer.RunAsync(["chown", SystemUser, folder.FullPath]);
            string data = Path.Combine(folder.FullPath, "data");
            await ChildServer.RunAsync([
                .. AsUser(),
                Path.Combine(bin, "initdb"),
                .. (string[])["-D", data, "-U", Owner, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
            ]);
            int port = ChildServer.FreePort();
            return new PostgresServer(folder, bin, port, await LaunchAsync(bin, data, port));
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        string name = $"test_{Interlocked.Increment(ref _databases)}";
        await ChildServer.RunAsync([
            Path.Combine(_bin, "createdb"),
            .. (string[])["-h", "127.0.0.1", "-p", Text(_port), "-U", Owner, name],
        ]);
        return $"Host=127.0.0.1;Port={_port};Username={Owner};Database={name}";
    }

    /// <summary>Runs SQL beside whoever else is connected, and returns what it yields as text.</summary>
    /// <param name="connectionString">What <see cref="CreateDatabaseAsync"/> returned.</param>
    /// <param name="sql">One statement.</param>
    public Task<string> QueryAsync(string connectionString, string sql) =>
        ChildServer.RunAsync([
            Path.Combine(_bin, "psql"),
            .. (string[])
                [
                    "-h",
                    "127.0.0.1",
                    "-p",
                    Text(_port),
                    "-U",
                    Owner,
                    "-d",
                    connectionString.Split("Database=")[1],
                    "-Atc",
                    sql,
                ],
        ]);

    /// <summary>Stops the server where it stands: connections stay open, nothing answers.</summary>
    public Task FreezeAsync() => _server.FreezeAsync();

    /// <summary>Ends <see cref="FreezeAsync"/>.</summary>
    public Task ThawAsync() => _server.ThawAsync();

    /// <summary>Shuts the server down; the data stays.</summary>
    public ValueTask StopAsync() => _server.DisposeAsync();

    /// <summary>Starts it again after <see cref="StopAsync"/>, at the same port with the same data.</summary>
    public async Task StartAgainAsync() =>
        _server = await LaunchAsync(_bin, Path.Combine(_folder.FullPath, "data"), _port);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private static Task<ChildServer> LaunchAsync(string bin, string data, int port) =>
        ChildServer.StartAsync(
            [
                .. AsUser(),
                Path.Combine(bin, "postgres"),
                .. (string[])["-D", data, "-p", Text(port)],
                .. Settings.SelectMany(setting => (string[])["-c", setting]),
            ],
            "database system is ready to accept connections"
        );

    private static string[] AsUser() =>
        Environment.IsPrivilegedProcess
            ? ["setpriv", $"--reuid={SystemUser}", $"--regid={SystemUser}", "--init-groups", "--"]
            : [];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? Find()
    {
        const string Versions = "/usr/lib/postgresql";
        return !Directory.Exists(Versions)
            ? null
            : Directory
                .EnumerateDirectories(Versions)
                .Select(folder => Path.Combine(folder, "bin"))
                .Where(bin => File.Exists(Path.Combine(bin, "postgres")))
                .Max(StringComparer.Ordinal);
    }
}
