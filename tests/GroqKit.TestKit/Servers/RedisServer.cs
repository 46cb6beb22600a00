using System.Globalization;

namespace GroqKit.TestKit.Servers;

/// <summary>A Redis server of this test run: a child process on a free loopback port that keeps nothing on disk. Thread-safe.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private static readonly string[] Places = ["/usr/bin/redis-server", "/usr/local/bin/redis-server"];

    private readonly int _port;
    private ChildServer _server;

    private RedisServer(int port, ChildServer server)
    {
        _port = port;
        _server = server;
    }

    /// <summary>The installed program; null when there is none.</summary>
    public static string? Installed { get; } = Places.FirstOrDefault(File.Exists);

    /// <summary>Where it listens, as clients take it.</summary>
    public string Address => $"127.0.0.1:{_port}";

    /// <exception cref="InvalidOperationException">It isn't installed, or doesn't start.</exception>
    public static async Task<RedisServer> StartAsync()
    {
        int port = ChildServer.FreePort();
        return new RedisServer(port, await LaunchAsync(port));
    }

    /// <summary>Stops the server where it stands: connections stay open, nothing answers.</summary>
    public Task FreezeAsync() => _server.FreezeAsync();

    /// <summary>Ends <see cref="FreezeAsync"/>.</summary>
    public Task ThawAsync() => _server.ThawAsync();

    /// <summary>Shuts the server down; what it held is gone.</summary>
    public ValueTask StopAsync() => _server.DisposeAsync();

    /// <summary>Starts it again after <see cref="StopAsync"/>, empty, at the same port.</summary>
    public async Task StartAgainAsync() => _server = await LaunchAsync(_port);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static Task<ChildServer> LaunchAsync(int port)
    {
        string program = Installed ?? throw new InvalidOperationException("Redis is not installed.");
        string text = port.ToString(CultureInfo.InvariantCulture);
        return ChildServer.StartAsync(
            [program, "--port", text, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
            "Ready to accept connections"
        );
    }
}
